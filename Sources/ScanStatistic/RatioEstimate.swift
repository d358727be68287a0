import RealModule

/// Log-likelihood ratios to within a margin, from a table of x log x: a few sums instead of several logarithms.
///
/// With f(x) = x log x, c cases of C in a zone of n of N:
///
///     Bernoulli   f(c) + f(n−c) + f(C−c) + f(N−n−C+c) − f(n) − f(N−n) − [f(C) + f(N−C) − f(N)]
///     Poisson     f(c) + f(C−c) − c log n − (C−c) log(N−n) − [f(C) − C log N]
///
/// Large terms cancel in these, so that they only tell which ratios need not be looked at.
struct RatioEstimate {
    private let model: ScanModel
    private let totalPopulation: Int
    /// f of small numbers.
    private let table: UnsafeBufferPointer<Double>
    /// How far an estimate may be off.
    let margin: Double

    /// What depends on the zone alone.
    struct Zone {
        fileprivate let population: Int
        fileprivate let outside: Int
        /// f(n) + f(N − n), or log n.
        fileprivate let first: Double
        /// log(N − n).
        fileprivate let second: Double
    }

    static func table(_ totalPopulation: Int) -> [Double] {
        (0..<min(totalPopulation + 1, 1 << 20)).map { $0 > 0 ? Double($0) * .log(Double($0)) : 0 }
    }

    init(_ model: ScanModel, _ cases: ScanCases, table: UnsafeBufferPointer<Double>) {
        self.model = model
        self.table = table
        totalPopulation = cases.totalPopulation
        // A few roundings of numbers up to N log N.
        let largest = Double(max(2, totalPopulation, cases.totalCases.max() ?? 0))
        margin = 1e-14 * largest * .log(largest)
    }

    /// What depends on C alone.
    func constant(totalCases: Int) -> Double {
        switch model {
        case .bernoulli: f(totalCases) + f(totalPopulation - totalCases) - f(totalPopulation)
        case .poisson: f(totalCases) - Double(totalCases) * logarithm(totalPopulation)
        }
    }

    @inline(__always)
    func zone(_ population: Int) -> Zone {
        let outside = totalPopulation - population
        switch model {
        case .bernoulli:
            return Zone(population: population, outside: outside, first: f(population) + f(outside), second: 0)
        case .poisson:
            return Zone(
                population: population, outside: outside, first: logarithm(population), second: logarithm(outside))
        }
    }

    /// Not a number where n or N − n is 0.
    @inline(__always)
    func ratio(cases: Int, of totalCases: Int, constant: Double, in zone: Zone) -> Double {
        let left = totalCases - cases
        switch model {
        case .bernoulli:
            return f(cases) + f(zone.population - cases) + f(left) + f(zone.outside - left) - zone.first - constant
        case .poisson:
            return f(cases) + f(left) - Double(cases) * zone.first - Double(left) * zone.second - constant
        }
    }

    @inline(__always)
    private func f(_ x: Int) -> Double { x < table.count ? table[x] : Double(x) * .log(Double(x)) }

    @inline(__always)
    private func logarithm(_ x: Int) -> Double { x < table.count ? table[x] / Double(x) : .log(Double(x)) }
}
