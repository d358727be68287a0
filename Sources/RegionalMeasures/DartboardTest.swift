/// Whether the plants of an industry could have chosen their regions blindly, like darts thrown at a board in which
/// each region has its share x_r of all activity (Guimarães, Figueiredo & Woodward 2009, J. Regional Science 49, after
/// Ellison & Glaeser 1997).
///
/// Of n_k plants a region gets n_rk ~ Binomial(n_k, x_r). With x_r as the regions' share of all plants, n_rk / (n_k
/// x_r) is the location quotient, so this is its test in every region, and ``chiSquared`` that of all regions together.
///
///     let shares = RegionShares(activity: [600, 300, 100])
///     let test = shares.flatMap { DartboardTest(plants: [12, 3, 5], shares: $0) }
///     test?.regions[2].z              // 2.2
///     test?.regions[2].upperTail      // P(5 or more of 20 plants in the third region) = 0.043
///     test?.chiSquared?.pValue        // for all regions together
///
/// Regions have to be fixed beforehand, as administrative ones are; a detected cluster is not. Of many regions some
/// stand out by chance: adjust their tails as a family.
public struct DartboardTest: Sendable, Equatable {
    /// The test of one region.
    public struct Region: Sendable, Equatable {
        /// n_rk, plants of the industry in the region.
        public let plants: Int
        /// n_k x_r, plants expected.
        public let expected: Double
        /// z = (n_rk − n_k x_r) / √(n_k x_r (1 − x_r)), normal for large expectations. nil for a share of 0 or 1.
        public let z: Double?
        /// P(n_rk plants or more), exact.
        public let upperTail: Double
        /// P(n_rk plants or fewer), exact.
        public let lowerTail: Double
    }

    /// n_k, plants of the industry in all regions.
    public let plants: Int
    /// The regions, in the order given.
    public let regions: [Region]
    /// Pearson's test of all regions together; nil where pooling leaves a single cell.
    public let chiSquared: ChiSquaredTest?

    /// Tests the plants of one industry by region; nil without plants.
    ///
    /// - Precondition: as many counts as shares, none negative.
    /// - Complexity: O(R log R) for R regions, and a few microseconds for each.
    public init?(plants counts: [Int], shares: RegionShares) {
        precondition(counts.count == shares.values.count, "a number of plants and a share for every region")
        precondition(counts.allSatisfy { $0 >= 0 }, "a number of plants is not negative")
        let plants = counts.reduce(0, +)
        guard plants > 0 else { return nil }
        self.plants = plants
        let size = Double(plants)
        regions = zip(counts, shares.values).map { count, share in
            let blind = Binomial(trials: plants, probability: share)
            let variance = size * share * (1 - share)
            return Region(
                plants: count, expected: size * share,
                z: variance > 0 ? (Double(count) - size * share) / variance.squareRoot() : nil,
                upperTail: blind.upperTail(from: count), lowerTail: blind.lowerTail(through: count))
        }
        chiSquared = ChiSquaredTest(observed: counts, expected: regions.map(\.expected))
    }
}

/// Whether the employees of an industry are where its plants, each with all its employees, would have fallen blindly.
///
/// A plant brings all its employees to one region, so the industry's share s_rk has variance H_k x_r (1 − x_r), H_k the
/// Herfindahl index of its plants (``Herfindahl``), and
///
///     Var(LQ) = H_k (1 − x_r) / x_r,   z = (LQ − 1) / √Var(LQ),   LQ = s_rk / x_r
///
/// Lumpy industries need a larger quotient to stand out. z is roughly normal when no plant is a large part of the
/// industry (1/H_k well above 10).
public struct EmploymentDartboardTest: Sendable, Equatable {
    /// The test of one region.
    public struct Region: Sendable, Equatable {
        /// LQ = s_rk / x_r, the industry's share in the region over the region's share; nil for a share of 0.
        public let quotient: Double?
        /// Var(LQ) if plants fell blindly; nil for a share of 0.
        public let variance: Double?
        /// z; nil for a share of 0 or 1.
        public let z: Double?
    }

    /// H_k of the industry's plants in all regions.
    public let plantHerfindahl: Double
    /// The regions, in the order given.
    public let regions: [Region]

    /// Tests the employees of one industry by region, with the Herfindahl index of its plants in all regions. nil
    /// without employees.
    ///
    /// - Precondition: as many amounts as shares, none negative; 0 < `plantHerfindahl` ≤ 1.
    public init?(employees: [Double], plantHerfindahl: Double, shares: RegionShares) {
        precondition(employees.count == shares.values.count, "an amount and a share for every region")
        precondition(employees.allSatisfy { $0 >= 0 && $0.isFinite }, "a number of employees is not negative")
        precondition(plantHerfindahl > 0 && plantHerfindahl <= 1, "a Herfindahl index lies above 0 and up to 1")
        let total = employees.reduce(0, +)
        guard total > 0 else { return nil }
        self.plantHerfindahl = plantHerfindahl
        regions = zip(employees, shares.values).map { amount, share in
            guard share > 0 else { return Region(quotient: nil, variance: nil, z: nil) }
            let quotient = amount / total / share
            let variance = plantHerfindahl * (1 - share) / share
            return Region(
                quotient: quotient, variance: variance,
                z: variance > 0 ? (quotient - 1) / variance.squareRoot() : nil)
        }
    }
}
