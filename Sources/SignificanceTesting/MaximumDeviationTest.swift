/// A goodness-of-fit test of a whole curve by its largest standardized deviation (after Loosmore & Ford 2006, Ecology
/// 87, who sum squared deviations; the maximum gives a band to draw):
///
///     T_i = max over points of |F_i − mean| / sd
///
/// with mean and standard deviation over all M + 1 curves, the observed one included. All curves are treated alike, so
/// under the null each is as likely as any other to have the largest T: p = (1 + #{T_sim ≥ T_obs}) / (M + 1) is valid
/// for any number of points and however they depend on each other. Points at which all curves agree say nothing.
public struct MaximumDeviationTest: Sendable, Equatable {
    /// T of the observed curve.
    public let statistic: Double
    /// p for the whole curve.
    public let pValue: MonteCarloPValue

    private let simulatedStatistics: [Double]  // falling
    private let means: [Double?]
    private let standardDeviations: [Double?]

    init(_ curves: SimulatedCurves) {
        let size = Double(curves.simulations + 1)
        var largest = [Double](repeating: 0, count: curves.simulations + 1)
        var means: [Double] = []
        var deviations: [Double] = []
        for column in curves.columns {
            let mean = column.reduce(0, +) / size
            let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            // Of equal values only the rounding of their mean would be left.
            let isConstant = column.allSatisfy { $0 == column[0] }
            let deviation = isConstant ? 0 : (squares / (size - 1)).squareRoot()
            means.append(isConstant ? column[0] : mean)
            deviations.append(deviation)
            guard deviation > 0 else { continue }
            for (index, value) in column.enumerated() {
                largest[index] = max(largest[index], abs(value - mean) / deviation)
            }
        }
        let observed = largest[0]
        statistic = observed
        simulatedStatistics = largest.dropFirst().sorted(by: >)
        pValue = MonteCarloPValue(
            exceedances: simulatedStatistics.count { $0 >= observed }, simulations: curves.simulations)
        self.means = curves.curve(means)
        standardDeviations = curves.curve(deviations)
    }

    /// The global band mean ± T_(k) sd, T_(k) the k-th largest of the simulated, k = α (M + 1) rounded down: the
    /// observed curve is outside somewhere exactly when p ≤ α, up to rounding where curves are equal. It leans a little
    /// on the observed curve, which shares in mean and sd. nil where k is 0, too few simulations for the level.
    ///
    /// - Precondition: 0 < `level` < 1.
    public func envelope(level: Double) -> Envelope? {
        let size = simulatedStatistics.count + 1
        precondition(level > 0 && level < 1, "a level lies between 0 and 1, both excluded")
        let rank = min(Int(level * Double(size) * (1 + 1e-12)), size - 1)
        guard rank >= 1 else { return nil }
        let reach = simulatedStatistics[rank - 1]
        func bound(_ sign: Double) -> [Double?] {
            zip(means, standardDeviations).map { mean, deviation in
                guard let mean, let deviation else { return nil }
                return mean + sign * reach * deviation
            }
        }
        return Envelope(
            kind: .maximumDeviation, level: Double(rank) / Double(size), simulations: size - 1, lower: bound(-1),
            upper: bound(1))
    }
}

extension SimulatedCurves {
    /// The test of the whole curve by its largest standardized deviation.
    ///
    /// - Complexity: O(points · M + M log M).
    public func maximumDeviationTest() -> MaximumDeviationTest { MaximumDeviationTest(self) }
}
