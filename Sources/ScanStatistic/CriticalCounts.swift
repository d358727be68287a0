/// For each level of population and each industry the least number of cases with which a zone could beat a ratio: most zones are
/// passed over by one comparison of whole numbers.
///
/// A zone whose population begins at a level needs at least what the level's least population needs, since the ratio falls with
/// the population.
final class CriticalCounts<Count: CaseCount> {
    let levels: PopulationLevels
    /// Columns of the table; the last ones may belong to no industry.
    let stride: Int
    private let table: UnsafeMutablePointer<Count>
    private let model: ScanModel
    private let totalCases: [Int]
    private let totalPopulation: Int
    private let minimumCases: Int
    private var ratios: [Double]

    /// - Parameter totalCases: C of each column that belongs to an industry.
    init(
        levels: PopulationLevels, stride: Int, model: ScanModel, totalCases: [Int], totalPopulation: Int,
        minimumCases: Int
    ) {
        self.levels = levels
        self.stride = stride
        self.model = model
        self.totalCases = totalCases
        self.totalPopulation = totalPopulation
        self.minimumCases = max(1, minimumCases)
        ratios = [Double](repeating: -1, count: totalCases.count)
        table = .allocate(capacity: levels.starts.count * stride)
        table.initialize(repeating: .max, count: levels.starts.count * stride)
        for industry in totalCases.indices { raise(industry, to: 0) }
    }

    deinit { table.deallocate() }

    /// The counts of a level, one for each column.
    @inline(__always)
    func row(_ level: Int) -> UnsafeMutablePointer<Count> { table + level * stride }

    /// Makes the table up to date when the ratio to beat has grown enough for it to matter.
    func raise(_ industry: Int, to ratio: Double) {
        guard ratio > 1.02 * ratios[industry] else { return }
        ratios[industry] = ratio
        // Zones as good as the best so far are looked at, whatever the last bits of either.
        let needed = ratio * (1 - 1e-12)
        let total = totalCases[industry]
        var cases = minimumCases
        for (level, population) in levels.starts.enumerated() {
            // Only an excess has a ratio above 0.
            cases = max(cases, Int(ScanModel.expectedCases(population, total, totalPopulation)))
            cases = leastCases(from: cases, population: population, total: total, needed: needed)
            table[level * stride + industry] = cases > total ? .max : Count(exactly: cases) ?? .max
        }
    }

    /// The least number of cases, from a number on, whose ratio is above 0 and at least `needed`; more than there are when none is.
    private func leastCases(from start: Int, population: Int, total: Int, needed: Double) -> Int {
        func suffices(_ cases: Int) -> Bool {
            guard Double(cases) > ScanModel.expectedCases(population, total, totalPopulation) else { return false }
            let ratio = model.largestRatio(
                cases: cases, populationFrom: population, totalCases: total, totalPopulation: totalPopulation)
            return ratio > 0 && ratio >= needed
        }
        var (below, step) = (start - 1, 1)
        // The answer of the level before is mostly close.
        while below + step <= total, !suffices(below + step) {
            below += step
            step *= 2
        }
        var above = min(below + step, total + 1)
        while above - below > 1 {
            let middle = (below + above) / 2
            if suffices(middle) { above = middle } else { below = middle }
        }
        return above
    }
}
