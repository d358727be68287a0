/// A curve of a register, such as a function of distance, beside the same curve of M simulated registers: what
/// envelopes and tests of whole curves are made from.
///
///     let curves = SimulatedCurves(observed: observed, simulated: simulated)
///     let band = curves?.pointwiseEnvelope(level: 0.05)
///     let test = curves?.rankTest()
///     test?.pValue
///     test?.envelope(level: 0.05)
///
/// All curves are taken at the same points. nil stands for a point at which a curve is undefined; a point that is
/// undefined in any of the M + 1 curves is left out of all of them, which treats the observed curve like the others.
public struct SimulatedCurves: Sendable, Equatable {
    /// M.
    public let simulations: Int
    /// The points at which all curves are defined, by their place in the curves.
    public let points: [Int]
    /// All points, those left out included.
    public let length: Int
    /// The values at each of `points`: the observed curve first, then the simulated ones in their order.
    let columns: [[Double]]

    /// nil without simulations and without a point at which all curves are defined.
    ///
    /// - Precondition: all curves have the same length and no value is NaN or infinite.
    public init?(observed: [Double?], simulated: [[Double?]]) {
        let curves = [observed] + simulated
        precondition(curves.allSatisfy { $0.count == observed.count }, "curves taken at the same points")
        precondition(
            curves.allSatisfy { $0.allSatisfy { $0?.isFinite ?? true } }, "a curve is undefined as nil, not as NaN")
        var points: [Int] = []
        var columns: [[Double]] = []
        for point in observed.indices {
            let column = curves.compactMap { $0[point] }
            guard column.count == curves.count else { continue }
            points.append(point)
            columns.append(column)
        }
        guard !simulated.isEmpty, !points.isEmpty else { return nil }
        simulations = simulated.count
        length = observed.count
        self.points = points
        self.columns = columns
    }

    /// The observed curve, nil at every point that is left out.
    public var observed: [Double?] { curve(columns.lazy.map { $0[0] }) }

    /// Values at `points` as a whole curve, nil at the points left out.
    func curve(_ values: some Sequence<Double>) -> [Double?] {
        var curve = [Double?](repeating: nil, count: length)
        for (point, value) in zip(points, values) { curve[point] = value }
        return curve
    }
}
