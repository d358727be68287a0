public import SpatialIndex

/// Cases and population of every site, for one industry or for all of a labelling together.
public struct ScanCases: Sendable {
    /// The population of each site.
    let population: [Int]
    /// Sites with cases: those of site s are `industries` and `amounts` at `starts[s]..<starts[s + 1]`.
    let starts: [Int32]
    let industries: [Int32]
    let amounts: [Int]
    /// C of each industry.
    let totalCases: [Int]
    /// N.
    let totalPopulation: Int

    /// The number of industries.
    public var industryCount: Int { totalCases.count }

    /// Cases of a single kind.
    ///
    /// - Parameters:
    ///   - cases: for each site.
    ///   - population: for each site; where every member is a case or not, the cases are part of it.
    public init(cases: [Int], population: [Int]) {
        precondition(
            cases.count == population.count, "\(cases.count) sites with cases, \(population.count) with population")
        precondition((cases + population).allSatisfy { $0 >= 0 }, "nothing is counted below 0")
        self.population = population
        totalPopulation = population.reduce(0, +)
        totalCases = [cases.reduce(0, +)]
        var starts: [Int32] = [0]
        for count in cases { starts.append(starts[starts.count - 1] + (count > 0 ? 1 : 0)) }
        self.starts = starts
        amounts = cases.filter { $0 > 0 }
        industries = [Int32](repeating: 0, count: amounts.count)
    }

    /// Firms, or what they count for, of every industry; the population are all firms.
    public init(_ labelling: ScanLabelling, on sites: Sites, industryCount: Int) {
        precondition(labelling.industries.count == sites.firmCount, "an industry for each firm")
        var population: [Int] = []
        var starts: [Int32] = [0]
        var (industries, amounts): ([Int32], [Int]) = ([], [])
        var totals = [Int](repeating: 0, count: industryCount)
        // For each industry the site on which it was seen last, and where that is written.
        var last = [(site: Int, index: Int)](repeating: (-1, 0), count: industryCount)
        for site in 0..<sites.count {
            var all = 0
            for position in Int(sites.firmStarts[site])..<Int(sites.firmStarts[site + 1]) {
                let (industry, amount) = (Int(labelling.industries[position]), labelling.amount(position))
                all += amount
                totals[industry] += amount
                if last[industry].site == site {
                    amounts[last[industry].index] += amount
                } else {
                    last[industry] = (site, amounts.count)
                    industries.append(Int32(industry))
                    amounts.append(amount)
                }
            }
            population.append(all)
            starts.append(Int32(amounts.count))
        }
        (self.population, self.starts, self.industries, self.amounts) = (population, starts, industries, amounts)
        totalCases = totals
        totalPopulation = population.reduce(0, +)
    }
}
