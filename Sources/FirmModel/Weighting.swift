/// What a firm counts for.
public enum Weighting: String, Sendable, CaseIterable {
    /// Every firm counts 1.
    case firms
    /// Every firm counts as many as it has employees; one that does not say counts 0.
    case employment
}
