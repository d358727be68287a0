extension FalseDiscoveryAdjustment {
    /// The p-values adjusted as one family of m: with the j-th smallest p_(j),
    ///
    ///     adjusted_(i) = min over j ≥ i of c m p_(j) / j, at most 1
    ///
    /// c = 1 for Benjamini & Hochberg, Σ 1/i over i = 1 … m for Benjamini & Yekutieli. Rejecting where the adjusted
    /// p-value is at most α keeps the expected share of false rejections among all at most α. Equal p-values get equal
    /// adjusted ones.
    ///
    /// nil is a p-value that does not exist: it stays nil and does not count in m. A test that found nothing has p = 1,
    /// not nil.
    ///
    /// - Precondition: p-values lie between 0 and 1.
    /// - Complexity: O(m log m).
    public func adjusted(_ pValues: [Double?]) -> [Double?] {
        var tested = pValues.indices.filter { pValues[$0] != nil }
        let family = Double(tested.count) * penalty(familySize: tested.count)
        func value(_ index: Int) -> Double { pValues[index] ?? 1 }
        precondition(tested.allSatisfy { (0...1).contains(value($0)) }, "a p-value lies between 0 and 1")
        tested.sort { value($0) < value($1) }
        var adjusted = [Double?](repeating: nil, count: pValues.count)
        var smallest = 1.0
        for (rank, index) in zip(1..., tested).reversed() {
            smallest = min(smallest, family * value(index) / Double(rank))
            adjusted[index] = smallest
        }
        return adjusted
    }

    /// c: what a family of m costs beyond Benjamini & Hochberg's procedure.
    func penalty(familySize: Int) -> Double {
        switch self {
        case .benjaminiHochberg: 1
        // From the smallest term on, so that the sum keeps its digits.
        case .benjaminiYekutieli: (0..<familySize).reduce(0) { $0 + 1 / Double(familySize - $1) }
        }
    }
}

extension FalseDiscoveryAdjustment {
    /// The smallest number of simulations M with which one of m families can be rejected by itself, all others having p
    /// = 1: its p-value is at least 1/(M + 1), so M + 1 ≥ c m / α.
    ///
    ///     FalseDiscoveryAdjustment.benjaminiHochberg.simulationsNeeded(families: 300, level: 0.05)   // 5999
    ///
    /// - Precondition: at least one family, 0 < `level` < 1.
    public func simulationsNeeded(families: Int, level: Double) -> Int {
        precondition(families >= 1 && level > 0 && level < 1, "families and a level between 0 and 1")
        return Self.ceiling(penalty(familySize: families) * Double(families) / level) - 1
    }

    /// How many of m families have to be at the floor 1/(M + 1) of their p-values together for any to be rejected: ⌈c m
    /// / (α (M + 1))⌉. 6 of 300 with 999 simulations, 30 with 199. More than m: none can be rejected, whatever the
    /// registers hold.
    ///
    /// - Precondition: at least one family, 0 < `level` < 1, `simulations` is not negative.
    public func familiesNeededAtFloor(simulations: Int, families: Int, level: Double) -> Int {
        precondition(families >= 1 && level > 0 && level < 1, "families and a level between 0 and 1")
        precondition(simulations >= 0, "a number of simulations is not negative")
        let needed = penalty(familySize: families) * Double(families) / (level * Double(simulations + 1))
        return Self.ceiling(needed)
    }

    /// Levels such as 0.05 are not exact: what is whole but for rounding is taken as whole.
    private static func ceiling(_ value: Double) -> Int { Int(min(1e18, value * (1 - 1e-12)).rounded(.up)) }
}
