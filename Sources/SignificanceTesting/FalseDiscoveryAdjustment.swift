/// How p-values of a family are adjusted so that the expected share of false discoveries stays below a level.
public enum FalseDiscoveryAdjustment: String, Sendable, CaseIterable {
    /// Benjamini & Hochberg (1995), for p-values that are independent or positively dependent.
    case benjaminiHochberg = "benjamini-hochberg"
    /// Benjamini & Yekutieli (2001), whatever their dependence.
    case benjaminiYekutieli = "benjamini-yekutieli"
}
