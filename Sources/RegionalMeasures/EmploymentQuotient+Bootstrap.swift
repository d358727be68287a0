extension EmploymentQuotient {
    /// A firm of the study area whose employment is known, as the quotient sees it.
    public struct Firm: Sendable, Equatable {
        /// Employees.
        public let employment: Double
        /// Whether it is of the industry.
        public let isOfIndustry: Bool
        /// Whether it is in the region.
        public let isInRegion: Bool

        /// - Precondition: `employment` is finite and not negative.
        public init(employment: Double, isOfIndustry: Bool, isInRegion: Bool) {
            precondition(employment >= 0 && employment.isFinite, "a number of employees is not negative")
            self.employment = employment
            self.isOfIndustry = isOfIndustry
            self.isInRegion = isInRegion
        }
    }

    /// The quotient of firms; the sums run in their order.
    public init(_ firms: some Sequence<Firm>) {
        var sums = [Double](repeating: 0, count: 4)
        for firm in firms { sums[firm.cell] += firm.employment }
        self.init(sumsOfCells: sums)
    }

    /// What a bootstrap over firms found.
    public struct BootstrapLimits: Sendable, Equatable {
        /// Percentile limits over the resamples in which LQ is defined.
        public let limits: ConfidenceLimits
        /// B, resamples drawn.
        public let resamples: Int
        /// Resamples without an employee in the region or in the industry, where LQ is undefined; left out of the
        /// limits.
        public let undefined: Int
    }

    /// Percentile limits of LQ when firms of the study area are drawn anew with replacement, as many as there are
    /// (Efron & Tibshirani 1993, chapter 13): the k-th smallest and largest quotient, k = (B + 1) α/2 rounded down.
    ///
    /// The question answered: *how much does the quotient hang on which firms happen to be in the register?* Each
    /// resample is another register of the same kind of firms; sizes, industries and regions go together, as observed.
    /// So all four sums vary, and one large plant that a resample may miss or hold twice widens the limits. What the
    /// industry's plants would do if they chose again is the question of ``limits(plantHerfindahl:level:)``. Short for
    /// very few plants: a resample never holds a plant that was not there.
    ///
    /// nil where LQ is undefined, and where too few resamples are defined for k ≥ 1 (39 at 95 percent). The result
    /// depends on the set of firms and the state of the generator, not on the order of firms.
    ///
    /// - Complexity: O(resamples · firms), reads in random order: some 70 ns each among a million firms, where 199 resamples
    ///   take 15 seconds.
    public static func bootstrapLimits(
        of firms: [Firm], resamples: Int = 1999, level: ConfidenceLevel = .ninetyFivePercent,
        using generator: inout some RandomNumberGenerator
    ) -> BootstrapLimits? {
        // Firms that agree in employment and cell are the same to the quotient, so this order is canonical.
        let pool = firms.map { (employment: $0.employment, cell: $0.cell) }.sorted { $0 < $1 }
        guard EmploymentQuotient(firms).value != nil else { return nil }
        var quotients: [Double] = []
        quotients.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var sums = [Double](repeating: 0, count: 4)
            for _ in pool.indices {
                let firm = pool[Resampling.index(below: pool.count, using: &generator)]
                sums[firm.cell] += firm.employment
            }
            if let value = EmploymentQuotient(sumsOfCells: sums).value { quotients.append(value) }
        }
        guard Resampling.rank(replicates: quotients.count, level: level) >= 1 else { return nil }
        quotients.sort()
        return BootstrapLimits(
            limits: Resampling.percentileLimits(ofSorted: quotients, level: level), resamples: resamples,
            undefined: resamples - quotients.count)
    }

    /// From the sums of the four cells that ``Firm/cell`` numbers.
    private init(sumsOfCells sums: [Double]) {
        self.init(
            industryInRegion: sums[3], regionTotal: sums[2] + sums[3], industryTotal: sums[1] + sums[3],
            total: sums[0] + sums[1] + sums[2] + sums[3])
    }
}

extension EmploymentQuotient.Firm {
    /// The cell of the table of industry and region that the firm is in. One sum for each cell needs no branch where
    /// firms are drawn at random, and no branch there can be foreseen.
    fileprivate var cell: Int { (isOfIndustry ? 1 : 0) + (isInRegion ? 2 : 0) }
}
