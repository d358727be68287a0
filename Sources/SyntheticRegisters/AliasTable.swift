import FirmModel

/// Draws an index with probability in proportion to its weight in constant time (Walker 1977, ACM TOMS 3; set up as in
/// Vose 1991, IEEE TSE 17).
struct AliasTable: Sendable {
    private let threshold: [Double]
    private let alias: [Int]

    /// - Precondition: no weight is negative, and one is above 0.
    init(weights: [Double]) {
        let sum = weights.reduce(0, +)
        precondition(sum > 0)
        var scaled = weights.map { $0 * Double(weights.count) / sum }
        var threshold = [Double](repeating: 1, count: weights.count)
        var alias = Array(weights.indices)
        var small = weights.indices.filter { scaled[$0] < 1 }
        var large = weights.indices.filter { scaled[$0] >= 1 }
        while let low = small.popLast(), let high = large.last {
            threshold[low] = scaled[low]
            alias[low] = high
            scaled[high] -= 1 - scaled[low]
            if scaled[high] < 1 {
                large.removeLast()
                small.append(high)
            }
        }
        self.threshold = threshold
        self.alias = alias
    }

    func draw(_ random: inout RandomStream) -> Int {
        let position = random.nextUnit() * Double(threshold.count)
        let index = Int(position)
        return position - Double(index) < threshold[index] ? index : alias[index]
    }
}
