/// Ends simulations early where chance is seen to do as well: at the h-th simulation whose statistic is at least as large as the
/// observed one (Besag & Clifford 1991, Biometrika 78, 301-304).
///
/// Stopped at the l-th simulation, p = h / l; with fewer than h exceedances among all M, p = (1 + g) / (M + 1). Both
/// are valid p-values: under the null P(p ≤ α) ≤ α. What is clearly not significant takes some h / p simulations
/// instead of M; what is significant takes all M. Simulations count in the order of their numbers, whichever thread
/// made them first.
public struct SequentialStopping: Sendable, Equatable {
    /// h: a p-value that stops has a relative standard error of about 1/√h.
    public let exceedances: Int

    /// Ten exceedances, as Besag & Clifford advise.
    public static let tenExceedances = SequentialStopping(exceedances: 10)

    /// - Precondition: `exceedances` is at least 1.
    public init(exceedances: Int) {
        precondition(exceedances >= 1, "simulations stop after at least one exceedance")
        self.exceedances = exceedances
    }
}
