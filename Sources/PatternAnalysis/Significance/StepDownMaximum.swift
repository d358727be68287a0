/// p-values of some indices adjusted by the largest of them in each simulated register, step by step (Westfall & Young 1993, algorithm
/// 2.8, with the statistic made comparable over patterns by standardizing).
///
///     z(C) = (index(C) − mean) / deviation
///
/// over all M + 1 registers, the observed one among them. With z(1) ≥ z(2) ≥ … ≥ z(m) observed, and u(k) of a simulated register the largest
/// of its z of the patterns ranked k and after,
///
///     p(k) = max over j ≤ k of (1 + #{u(j) ≥ z(j)}) / (M + 1)
///
/// holds the probability of any false rejection at the level under the null that all patterns are chance, and, as far as the rest
/// behaves as in the simulated registers, when some are not. z keeps the order of (index − null mean) / null deviation; taking the observed
/// register into both treats it as one of M + 1 that are alike under the null, which makes p valid for any M. A pattern whose M + 1 indices are all
/// equal has z = 0.
///
/// Segregation is the same with −z. Memory: 48 bytes a pattern. Time: O(m) a register.
struct StepDownMaximum: Sendable {
    private let means: [Double]
    /// 1 / deviation; 0 where that is 0.
    private let scales: [Double]
    private var upper: Tail
    private var lower: Tail
    private var simulations = 0

    private struct Tail: Sendable {
        /// 1 for the upper tail, −1 for the lower.
        let sign: Double
        /// The patterns, the largest z first.
        let order: [Int32]
        let observed: [Double]
        var exceedances: [Int32]

        init(_ z: [Double], sign: Double) {
            self.sign = sign
            let signed = z.map { sign * $0 }
            observed = signed
            order = z.indices.map { Int32($0) }
                .sorted { signed[Int($0)] != signed[Int($1)] ? signed[Int($0)] > signed[Int($1)] : $0 < $1 }
            exceedances = [Int32](repeating: 0, count: z.count)
        }

        mutating func add(_ z: [Double]) {
            var largest = -Double.infinity
            for place in order.reversed() {
                largest = max(largest, sign * z[Int(place)])
                if largest >= observed[Int(place)] { exceedances[Int(place)] += 1 }
            }
        }

        func pValues(_ simulations: Int) -> [Double] {
            var values = [Double](repeating: 1, count: order.count)
            var largest = 0.0
            for place in order {
                largest = max(largest, Double(1 + exceedances[Int(place)]) / Double(1 + simulations))
                values[Int(place)] = largest
            }
            return values
        }
    }

    /// - Parameter null: all simulations, each of which is to be added then.
    init(_ null: NullIndices) {
        let pooled = null.observed.indices.map { null.pooled($0) }
        means = pooled.map(\.mean)
        scales = pooled.map { $0.deviation > 0 ? 1 / $0.deviation : 0 }
        let z = Self.standardized(null.observed, means, scales)
        upper = Tail(z, sign: 1)
        lower = Tail(z, sign: -1)
    }

    private static func standardized(_ indices: [Double], _ means: [Double], _ scales: [Double]) -> [Double] {
        indices.indices.map { (indices[$0] - means[$0]) * scales[$0] }
    }

    /// Takes in a simulated register.
    mutating func add(_ indices: [Double]) {
        let z = Self.standardized(indices, means, scales)
        upper.add(z)
        lower.add(z)
        simulations += 1
    }

    /// The adjusted p-values of either tail.
    var pValues: (upper: [Double], lower: [Double]) { (upper.pValues(simulations), lower.pValues(simulations)) }
}
