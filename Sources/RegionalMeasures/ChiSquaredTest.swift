/// Pearson's test of counts against what is expected of each cell:
///
///     χ² = Σ (O − E)² / E,   one degree of freedom less than cells
///
/// Cells with an expectation below 1 would upset the approximation: they are pooled into one, and while that still
/// expects less than 1 it takes in the cell of smallest expectation.
public struct ChiSquaredTest: Sendable, Equatable {
    /// χ².
    public let statistic: Double
    /// Cells after pooling, less one.
    public let degreesOfFreedom: Int
    /// How many of the cells went into the pool; 0 when all stand for themselves.
    public let pooledCells: Int

    /// nil where pooling leaves fewer than two cells.
    ///
    /// - Precondition: as many counts as expectations, none negative, with the same total up to rounding.
    public init?(observed: [Int], expected: [Double]) {
        precondition(observed.count == expected.count, "a count and an expectation for every cell")
        // Equal expectations by count, so that the order of cells decides nothing.
        let cells = zip(observed, expected).map { (observed: Double($0), expected: $1) }
            .sorted { ($0.expected, $0.observed) < ($1.expected, $1.observed) }
        var pool = (observed: 0.0, expected: 0.0)
        var pooled = 0
        while pooled < cells.count, cells[pooled].expected < 1 || (pooled > 0 && pool.expected < 1) {
            pool = (pool.observed + cells[pooled].observed, pool.expected + cells[pooled].expected)
            pooled += 1
        }
        let separate = cells[pooled...] + (pooled > 0 ? [pool] : [])
        guard separate.count >= 2 else { return nil }
        statistic = separate.reduce(0) { sum, cell in
            let excess = cell.observed - cell.expected
            return sum + excess * excess / cell.expected
        }
        degreesOfFreedom = separate.count - 1
        pooledCells = pooled
    }

    /// P(χ² or more) of the χ² distribution.
    public var pValue: Double { IncompleteGamma.upper(Double(degreesOfFreedom) / 2, statistic / 2) }
}
