/// Populations at which it is known how many cases a zone needs: level j begins at u j².
///
/// Chance moves the cases among n firms by about √n, and neighboring levels are about 2 √(u n) apart: the same share of that
/// everywhere.
struct PopulationLevels {
    private let unit: Double
    /// The least population of each level.
    let starts: [Int]

    /// - Parameters:
    ///   - limit: no larger population is asked about.
    ///   - members: how many the population consists of; each is worth u on average.
    init(upTo limit: Int, totalPopulation: Int, members: Int) {
        let unit = max(1, Double(totalPopulation) / Double(max(1, members)))
        self.unit = unit
        let last = Int((Double(limit) / unit).squareRoot()) + 1
        starts = (0...last).map {
            min(max(1, totalPopulation), max(1, Int((unit * Double($0) * Double($0)).rounded(.up))))
        }
    }

    /// A level that begins at or below a population of at least 1, the last of them but for rounding.
    func level(of population: Int) -> Int {
        var level = min(starts.count - 1, Int((Double(population) / unit).squareRoot()))
        while level > 0, starts[level] > population { level -= 1 }
        return level
    }
}
