/// How the footprint of a cluster is drawn. Its area is that of the disc union whatever the shape.
public enum FootprintShape: String, Sendable, CaseIterable {
    /// The boundary of the union of discs, holes and all.
    case discs
    /// The convex hull of the disc union, in the plane of the coordinates written.
    case convex
    /// The disc union with its bays and gaps filled up to a width of four radii: joined to it are the Delaunay triangles
    /// between the vertices of its boundary that have no longer edge.
    case concave
}
