/// How the footprint of a cluster is drawn. Its area is that of the disc union whatever the shape.
public enum FootprintShape: String, Sendable, CaseIterable {
    /// The boundary of the union of discs, holes and all.
    case discs
    /// The convex hull of the disc union, in the plane of the coordinates written.
    case convex
    /// The concave hull of the disc union's vertices (GEOS, ratio 0.3), joined to the union itself.
    case concave
}
