public import FirmModel

/// Which clusters of a ``CondensedTree`` are taken for a flat clustering.
public struct ClusterSelection: Sendable, Equatable {
    /// The rule that is applied first.
    public enum Method: String, Sendable, CaseIterable {
        /// Those whose stability is at least that of the best choice among the clusters inside: the choice without
        /// overlap that has the largest sum of stabilities (Campello et al. 2013).
        case excessOfMass = "eom"
        /// Those that do not fall into others: small and homogeneous.
        case leaf
    }

    /// The rule that is applied first.
    public var method: Method
    /// cluster_selection_epsilon (Malzer & Baum 2020): a cluster born at a shorter distance gives way to the nearest one around
    /// it that was born at a longer distance, or the one directly below the root when there is none. 0 changes nothing.
    public var epsilon: Meters
    /// Whether the root may be a cluster. Its members are then the firms that stay as long as any that part from it, or, with
    /// an ``epsilon`` above 0, those that leave whatever cluster they are in at that distance or a shorter one.
    public var allowsSingleCluster: Bool

    /// A selection by a rule.
    public init(_ method: Method = .excessOfMass, epsilon: Meters = 0, allowsSingleCluster: Bool = false) {
        self.method = method
        self.epsilon = epsilon
        self.allowsSingleCluster = allowsSingleCluster
    }
}
