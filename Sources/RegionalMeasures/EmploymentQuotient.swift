/// The location quotient by employment: LQ = (e_rk / e_r) / (e_k / e), e counting employees.
///
/// Employees are not independent draws (one plant brings hundreds), so there are no binomial limits; report how many
/// firms state their employment beside it. All four sums run over the same firms: those whose employment is known.
///
///     EmploymentQuotient(industryInRegion: 1714, regionTotal: 79006, industryTotal: 879_213, total: 15_593_224).value
///     // 0.3847623
///
/// Two kinds of limits take whole plants for what is drawn, and answer different questions:
/// ``limits(plantHerfindahl:level:)`` asks which preference of the industry's plants for the region fits the quotient,
/// the plants being what they are; ``bootstrapLimits(of:resamples:level:using:)`` how much the quotient hangs on which
/// firms the register holds.
public struct EmploymentQuotient: Sendable, Equatable {
    /// e_rk, employees of the industry in the region.
    public let industryInRegion: Double
    /// e_r, employees in the region.
    public let regionTotal: Double
    /// e_k, employees of the industry in the reference area.
    public let industryTotal: Double
    /// e, employees in the reference area.
    public let total: Double

    /// - Precondition: no sum is negative or NaN.
    public init(industryInRegion: Double, regionTotal: Double, industryTotal: Double, total: Double) {
        precondition(industryInRegion >= 0 && regionTotal >= 0 && industryTotal >= 0 && total >= 0)
        self.industryInRegion = industryInRegion
        self.regionTotal = regionTotal
        self.industryTotal = industryTotal
        self.total = total
    }

    /// nil where region or industry have no employees.
    public var value: Double? { quotient(industryInRegion, of: regionTotal, reference: industryTotal, of: total) }
}
