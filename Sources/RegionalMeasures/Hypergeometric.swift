import RealModule

/// The number of successes in draws without replacement: X firms of an industry among `draws` firms taken blindly from
/// `population`, of which `successes` belong to the industry.
public struct Hypergeometric: Sendable, Equatable {
    /// All firms.
    public let population: Int
    /// Firms of the industry among them.
    public let successes: Int
    /// Firms taken.
    public let draws: Int

    /// - Precondition: `successes` and `draws` lie between 0 and `population`.
    public init(population: Int, successes: Int, draws: Int) {
        precondition(successes >= 0 && successes <= population && draws >= 0 && draws <= population)
        self.population = population
        self.successes = successes
        self.draws = draws
    }

    /// P(X = count).
    public func probability(of count: Int) -> Double {
        guard count >= smallest, count <= largest else { return 0 }
        guard draws > 0, draws < population else { return 1 }
        let share = Double(draws) / Double(population)
        let rest = Double(population - draws) / Double(population)
        func mass(_ inside: Int, of all: Int) -> Double {
            BinomialMass.value(Double(inside), Double(all - inside), x: share, y: rest)
        }
        return mass(count, of: successes) * mass(draws - count, of: population - successes)
            / mass(draws, of: population)
    }

    /// P(X ≥ count).
    ///
    /// **Descriptive where a footprint was drawn around the very firms it counts**: the p-value then answers a question nobody
    /// asked and is 6 to 20 times too small. It is a test only for regions fixed beforehand.
    ///
    /// Complexity: O(number of terms that matter), at most O(largest − count).
    public func upperTail(from count: Int) -> Double {
        guard count > smallest else { return 1 }
        guard count <= largest else { return 0 }
        // Sum away from the mode, where the terms fall.
        let mean = Double(draws) * Double(successes) / Double(population)
        return Double(count) > mean
            ? sum(from: count, step: 1) : max(0, 1 - sum(from: count - 1, step: -1))
    }

    private var smallest: Int { max(0, draws + successes - population) }
    private var largest: Int { min(draws, successes) }

    private func sum(from start: Int, step: Int) -> Double {
        var count = start
        var term = probability(of: count)
        var sum = 0.0
        while count >= smallest, count <= largest, sum + term != sum {
            sum += term
            term *= step > 0 ? ratio(after: count) : 1 / ratio(after: count - 1)
            count += step
        }
        return min(1, sum)
    }

    /// P(X = count + 1) / P(X = count).
    private func ratio(after count: Int) -> Double {
        Double(successes - count) * Double(draws - count)
            / (Double(count + 1) * Double(population - successes - draws + count + 1))
    }
}
