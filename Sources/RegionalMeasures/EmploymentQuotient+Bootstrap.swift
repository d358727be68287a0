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
        var sums = Sums()
        for firm in firms { sums.add(firm) }
        self = sums.quotient
    }

    /// What a bootstrap over firms found.
    public struct BootstrapLimits: Sendable, Equatable {
        /// Percentile limits over the resamples in which LQ is defined.
        public let limits: ConfidenceLimits
        /// B, resamples drawn.
        public let resamples: Int
        /// Resamples without an employee in the region or in the industry, where LQ is undefined; left out of the limits.
        public let undefined: Int
    }

    /// Percentile limits of LQ when firms of the study area are drawn anew with replacement, as many as there are (Efron & Tibshirani
    /// 1993, chapter 13): the k-th smallest and largest quotient, k = (B + 1) α/2 rounded down.
    ///
    /// The question answered: *how much does the quotient hang on which firms happen to be in the register?* Each resample is another
    /// register of the same kind of firms; sizes, industries and regions go together, as observed. So all four sums vary, and one
    /// large plant that a resample may miss or hold twice widens the limits. What the industry's plants would do if they
    /// chose again is the question of ``limits(plantHerfindahl:level:)``. Short for very few plants: a resample never holds
    /// a plant that was not there.
    ///
    /// nil where LQ is undefined, and where too few resamples are defined for k ≥ 1 (39 at 95 percent). The result depends on the set
    /// of firms and the state of the generator, not on the order of firms.
    ///
    /// - Complexity: O(resamples · firms).
    public static func bootstrapLimits(
        of firms: [Firm], resamples: Int = 1999, level: ConfidenceLevel = .ninetyFivePercent,
        using generator: inout some RandomNumberGenerator
    ) -> BootstrapLimits? {
        // Firms that agree in all three are the same to the quotient, so this order is canonical.
        let pool = firms.sorted { $0.order < $1.order }
        guard EmploymentQuotient(pool).value != nil else { return nil }
        var quotients: [Double] = []
        quotients.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var sums = Sums()
            for _ in pool.indices { sums.add(pool[Resampling.index(below: pool.count, using: &generator)]) }
            if let value = sums.quotient.value { quotients.append(value) }
        }
        guard Resampling.rank(replicates: quotients.count, level: level) >= 1 else { return nil }
        quotients.sort()
        return BootstrapLimits(
            limits: Resampling.percentileLimits(ofSorted: quotients, level: level), resamples: resamples,
            undefined: resamples - quotients.count)
    }

    /// The four sums of a quotient, growing firm by firm.
    private struct Sums {
        var industryInRegion = 0.0
        var region = 0.0
        var industry = 0.0
        var total = 0.0

        mutating func add(_ firm: Firm) {
            total += firm.employment
            if firm.isInRegion { region += firm.employment }
            if firm.isOfIndustry { industry += firm.employment }
            if firm.isInRegion && firm.isOfIndustry { industryInRegion += firm.employment }
        }

        var quotient: EmploymentQuotient {
            EmploymentQuotient(
                industryInRegion: industryInRegion, regionTotal: region, industryTotal: industry, total: total)
        }
    }
}

extension EmploymentQuotient.Firm {
    fileprivate var order: (Double, Int, Int) { (employment, isOfIndustry ? 1 : 0, isInRegion ? 1 : 0) }
}
