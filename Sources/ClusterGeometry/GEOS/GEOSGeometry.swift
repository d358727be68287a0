import CGEOS
import FirmModel

/// A GEOS geometry with one owner, destroyed with it. Keeps its session alive.
struct GEOSGeometry: ~Copyable {
    private var pointer: OpaquePointer?
    let session: GEOSSession

    /// Takes over what a GEOS call returned; a null pointer is the call's exception.
    init(_ pointer: OpaquePointer?, of operation: String, in session: GEOSSession) throws(GeometryError) {
        guard let pointer else { throw session.failure(operation) }
        self.pointer = pointer
        self.session = session
    }

    deinit {
        if let pointer { GEOSGeom_destroy_r(session.handle, pointer) }
    }

    /// Hands the geometry to a GEOS call that takes ownership.
    mutating func release() -> OpaquePointer? {
        defer { pointer = nil }
        return pointer
    }

    /// The geometry for a GEOS call that only looks at it.
    borrowing func borrow() -> OpaquePointer? { pointer }
}

extension GEOSGeometry {
    /// A line through points, for operations that only look at vertices.
    init(lineThrough points: [Coordinate], in session: GEOSSession) throws(GeometryError) {
        let sequence = try Self.sequence(points, in: session)
        // Takes ownership of the sequence, also when it fails; null on exception.
        let line = GEOSGeom_createLineString_r(session.handle, sequence)
        try self.init(line, of: "creating a line", in: session)
    }

    /// Lines as one geometry.
    init(lines: [[Coordinate]], in session: GEOSSession) throws(GeometryError) {
        try self.init(GEOS_MULTILINESTRING, of: lines, in: session) { points throws(GeometryError) in
            try GEOSGeometry(lineThrough: points, in: session)
        }
    }

    /// A multipolygon.
    init(_ polygons: [Footprint.Polygon], in session: GEOSSession) throws(GeometryError) {
        try self.init(GEOS_MULTIPOLYGON, of: polygons, in: session) { polygon throws(GeometryError) in
            try GEOSGeometry(polygon, in: session)
        }
    }

    private init<Element>(
        _ kind: GEOSGeomTypes, of elements: [Element], in session: GEOSSession,
        _ make: (Element) throws(GeometryError) -> GEOSGeometry
    ) throws(GeometryError) {
        var parts: [OpaquePointer?] = []
        do throws(GeometryError) {
            for element in elements {
                var part = try make(element)
                parts.append(part.release())
            }
        } catch {
            for part in parts { GEOSGeom_destroy_r(session.handle, part) }
            throw error
        }
        // Takes ownership of the parts, not of the array; null on exception.
        let whole = GEOSGeom_createCollection_r(
            session.handle, Int32(kind.rawValue), &parts, UInt32(parts.count))
        try self.init(whole, of: "creating a collection", in: session)
    }

    private init(_ polygon: Footprint.Polygon, in session: GEOSSession) throws(GeometryError) {
        var rings: [OpaquePointer?] = []
        do throws(GeometryError) {
            for ring in [polygon.shell] + polygon.holes {
                var ring = try GEOSGeometry(ring: ring, in: session)
                rings.append(ring.release())
            }
        } catch {
            for ring in rings { GEOSGeom_destroy_r(session.handle, ring) }
            throw error
        }
        var holes = Array(rings.dropFirst())
        // Takes ownership of shell and holes; null on exception.
        let whole = GEOSGeom_createPolygon_r(session.handle, rings[0], &holes, UInt32(holes.count))
        try self.init(whole, of: "creating a polygon", in: session)
    }

    private init(ring: [Coordinate], in session: GEOSSession) throws(GeometryError) {
        let sequence = try Self.sequence(ring, in: session)
        // Takes ownership of the sequence, also when it fails; null on exception.
        try self.init(GEOSGeom_createLinearRing_r(session.handle, sequence), of: "creating a ring", in: session)
    }

    private static func sequence(_ points: [Coordinate], in session: GEOSSession) throws(GeometryError) -> OpaquePointer
    {
        // A `Coordinate` is x, then y: the interleaved layout that GEOS copies from.
        let sequence = points.withUnsafeBytes { bytes in
            GEOSCoordSeq_copyFromBuffer_r(
                session.handle, bytes.bindMemory(to: Double.self).baseAddress, UInt32(points.count), 0, 0)
        }
        guard let sequence else { throw session.failure("copying coordinates") }
        return sequence
    }
}
