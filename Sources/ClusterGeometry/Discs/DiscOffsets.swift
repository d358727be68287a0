/// Where discs lie from each other, in whole steps of some 2⁻²⁴ radii: what ``SectorTable`` is asked with.
protocol DiscOffsets {
    /// A center with what is needed to look from it at others.
    associatedtype Glance

    func glance(_ disc: Int) -> Glance

    /// How far east and north another center lies. At most ``SectorTable/tolerance`` of the distance off, when counted in
    /// such lengths that what a neighbor covers depends on its distance as in the plane.
    func offset(from glance: Glance, to other: Int) -> DiscOffset
}

/// East and north in steps.
struct DiscOffset {
    var east: Int64
    var north: Int64

    /// Steps to a radius: a little less than 2²⁴, so that the 2²⁵ steps that ``SectorTable`` reaches are more than two
    /// radii, and nothing beyond them is a neighbor.
    static let radius: Int64 = 63 << 18
    static let perRadius = Double(radius)
}

/// Offsets on a map, where they are differences.
struct MapOffsets: DiscOffsets {
    let positions: UnsafeBufferPointer<SIMD2<Int64>>

    /// The most radii between two centers whose offset fits.
    static let widest = 0x1p36

    @inline(__always)
    func glance(_ disc: Int) -> SIMD2<Int64> { positions[disc] }

    @inline(__always)
    func offset(from glance: SIMD2<Int64>, to other: Int) -> DiscOffset {
        let step = positions[other] &- glance
        return DiscOffset(east: step.x, north: step.y)
    }
}

/// Offsets where no map will do: taken one by one from the surface.
struct SurfaceOffsets<Surface: DiscSurface>: DiscOffsets {
    let surface: Surface

    @inline(__always)
    func glance(_ disc: Int) -> Surface.View { surface.view(disc) }

    @inline(__always)
    func offset(from glance: Surface.View, to other: Int) -> DiscOffset {
        let (east, north) = surface.offset(from: glance, to: other)
        // Farther than that is far enough.
        let limit = 0x1p30
        return DiscOffset(
            east: Int64(max(-limit, min(limit, east)) * DiscOffset.perRadius),
            north: Int64(max(-limit, min(limit, north)) * DiscOffset.perRadius))
    }
}
