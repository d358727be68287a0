/// What density clustering says of one firm.
public enum ClusterLabel: Sendable, Hashable {
    /// Member of the cluster with this index.
    case cluster(Int)
    /// In no cluster.
    case noise
}

/// The part a firm plays in its cluster.
public enum MemberRole: UInt8, Sendable, Hashable, BitwiseCopyable {
    /// Too few neighbors, and no core firm in reach.
    case noise
    /// In reach of a core firm, with too few neighbors of its own.
    case border
    /// With enough firms (or weight) within the radius, itself included.
    case core

    /// The word for it in output: `core`, `border` or `noise`.
    public var name: String {
        switch self {
        case .noise: "noise"
        case .border: "border"
        case .core: "core"
        }
    }
}
