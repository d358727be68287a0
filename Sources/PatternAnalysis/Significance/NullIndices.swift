import SignificanceTesting

/// What simulated registers say of some indices, taken in one register at a time.
///
/// Memory: 32 bytes an index, whatever the number of simulations.
struct NullIndices: Sendable {
    let observed: [Double]
    private(set) var simulations = 0
    /// Means over the simulations.
    private(set) var means: [Double]
    /// Sums of squared differences from the means (Welford 1962): exactly 0 where all simulations agree.
    private var squares: [Double]
    private var atLeast: [Int32]
    private var atMost: [Int32]

    init(observed: [Double]) {
        self.observed = observed
        means = [Double](repeating: 0, count: observed.count)
        squares = means
        atLeast = [Int32](repeating: 0, count: observed.count)
        atMost = atLeast
    }

    /// Takes in a simulated register. Means depend on the order in which these come, in the last digits.
    mutating func add(_ indices: [Double]) {
        simulations += 1
        for (place, index) in indices.enumerated() {
            let difference = index - means[place]
            means[place] += difference / Double(simulations)
            squares[place] += difference * (index - means[place])
            if index >= observed[place] { atLeast[place] += 1 }
            if index <= observed[place] { atMost[place] += 1 }
        }
    }

    /// The standard deviation of the simulations.
    func deviation(_ place: Int) -> Double {
        simulations > 1 ? (squares[place] / Double(simulations - 1)).squareRoot() : 0
    }

    /// For each index the share of registers, the observed one among them, with one as large, and as small.
    var pValues: [(upper: MonteCarloPValue, lower: MonteCarloPValue)] {
        observed.indices.map { place in
            (
                MonteCarloPValue(exceedances: Int(atLeast[place]), simulations: simulations),
                MonteCarloPValue(exceedances: Int(atMost[place]), simulations: simulations)
            )
        }
    }

    /// Mean and standard deviation of all registers, the observed one among them.
    func pooled(_ place: Int) -> (mean: Double, deviation: Double) {
        let count = Double(simulations + 1)
        let difference = observed[place] - means[place]
        let mean = means[place] + difference / count
        return (mean, ((squares[place] + difference * (observed[place] - mean)) / count).squareRoot())
    }
}
