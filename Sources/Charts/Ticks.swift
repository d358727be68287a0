import RealModule

/// Round numbers for the ticks of an axis: 1, 2 or 5 times a power of ten.
enum Ticks {
    /// Round numbers around a range, so that the first is not above it and the last not below it.
    ///
    /// A range of one number is widened: by 1 on a linear axis, to the next round numbers on a logarithmic one.
    static func around(_ range: ClosedRange<Double>, scale: Axis.Scale) -> [Double] {
        switch scale {
        case .linear: linear(range, atMost: 7)
        case .logarithmic: logarithmic(range, atMost: 9)
        }
    }

    /// Multiples of the smallest round step of which at most `count` span the range.
    private static func linear(_ range: ClosedRange<Double>, atMost count: Int) -> [Double] {
        let (low, high) = (range.lowerBound, range.upperBound)
        guard high > low else { return linear(low...low + 1, atMost: count) }
        var exponent = Int(Double.log10((high - low) / Double(count)).rounded(.down))
        while true {
            for factor in [1.0, 2, 5] {
                let step = RoundNumber(factor, exponent)
                let (first, last) = ((low / step.value).rounded(.down), (high / step.value).rounded(.up))
                if last - first <= Double(count) {
                    return stride(from: first, through: last, by: 1).map { RoundNumber(factor * $0, exponent).value }
                }
            }
            exponent += 1
        }
    }

    /// 1, 2 and 5 times powers of ten, or powers of ten alone where those would be too many.
    private static func logarithmic(_ range: ClosedRange<Double>, atMost count: Int) -> [Double] {
        let lowest = Int(Double.log10(range.lowerBound).rounded(.down))
        let highest = Int(Double.log10(range.upperBound).rounded(.up))
        for factors in [[1.0, 2, 5], [1.0]] {
            let all = (lowest...max(highest, lowest + 1)).flatMap { exponent in
                factors.map { RoundNumber($0, exponent).value }
            }
            let first = all.lastIndex { $0 <= range.lowerBound } ?? 0
            let last = max(all.firstIndex { $0 >= range.upperBound } ?? all.count - 1, first + 1)
            if last - first <= count { return Array(all[first...last]) }
        }
        // So many powers of ten: every n-th of them.
        let step = (highest - lowest) / count + 1
        return (0...(highest - lowest + step - 1) / step).map { RoundNumber(1, lowest + step * $0).value }
    }
}

/// factor × 10^exponent, as near as a Double comes: 3 × 10⁻¹ is 0.3 and not 0.30000000000000004.
struct RoundNumber {
    let value: Double

    init(_ factor: Double, _ exponent: Int) {
        let power = (0..<abs(exponent)).reduce(1.0) { power, _ in power * 10 }
        value = exponent < 0 ? factor / power : factor * power
    }
}
