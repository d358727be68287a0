/// How cases in a zone are compared with those outside.
public enum ScanModel: String, Sendable, CaseIterable {
    /// Every member of the population is a case or not.
    case bernoulli
    /// Cases fall at a rate on the population.
    case poisson
}
