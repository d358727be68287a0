import CGEOS
import FirmModel

extension GEOSGeometry {
    var isValid: Bool {
        get throws(GeometryError) {
            let answer = GEOSisValid_r(session.handle, borrow())  // 1 valid, 0 not, 2 on exception
            guard answer != 2 else { throw session.failure("checking validity") }
            return answer == 1
        }
    }

    /// Whether lines touch neither themselves nor each other, but for ring ends.
    var isSimple: Bool {
        get throws(GeometryError) {
            let answer = GEOSisSimple_r(session.handle, borrow())  // 1 simple, 0 not, 2 on exception
            guard answer != 2 else { throw session.failure("checking simplicity") }
            return answer == 1
        }
    }

    /// Rings made valid one by one, shells merged and holes taken away.
    borrowing func madeValid() throws(GeometryError) -> GEOSGeometry {
        let parameters = GEOSMakeValidParams_create_r(session.handle)
        guard let parameters else { throw session.failure("making valid") }
        defer { GEOSMakeValidParams_destroy_r(session.handle, parameters) }
        // Both return 0 on exception, which only an unknown value can cause.
        _ = GEOSMakeValidParams_setMethod_r(session.handle, parameters, GEOS_MAKE_VALID_STRUCTURE)
        _ = GEOSMakeValidParams_setKeepCollapsed_r(session.handle, parameters, 0)
        let result = GEOSMakeValidWithParams_r(session.handle, borrow(), parameters)  // null on exception
        return try GEOSGeometry(result, of: "making valid", in: session)
    }

    /// Vertices moved to whole numbers, valid, edges meeting only in vertices.
    borrowing func snappedToWholeNumbers() throws(GeometryError) -> GEOSGeometry {
        let result = GEOSGeom_setPrecision_r(
            session.handle, borrow(), 1, Int32(GEOS_PREC_VALID_OUTPUT.rawValue))  // null on exception
        return try GEOSGeometry(result, of: "reducing precision", in: session)
    }

    borrowing func convexHull() throws(GeometryError) -> GEOSGeometry {
        try GEOSGeometry(GEOSConvexHull_r(session.handle, borrow()), of: "convex hull", in: session)
    }

    /// The Delaunay triangles of the vertices. (Not `GEOSConcaveHull`, which crashes on nearly collinear vertices before
    /// GEOS 3.12.1: libgeos/geos#719, #946.)
    borrowing func triangles() throws(GeometryError) -> [Footprint.Polygon] {
        let result = GEOSDelaunayTriangulation_r(session.handle, borrow(), 0, 0)  // null on exception
        return try GEOSGeometry(result, of: "triangulation", in: session).polygons()
    }

    /// The union of polygons that meet in whole edges or not at all.
    borrowing func coverageUnion() throws(GeometryError) -> GEOSGeometry {
        let result = GEOSCoverageUnion_r(session.handle, borrow())  // null on exception
        return try GEOSGeometry(result, of: "coverage union", in: session)
    }

    borrowing func union(_ other: borrowing GEOSGeometry) throws(GeometryError) -> GEOSGeometry {
        let result = GEOSUnion_r(session.handle, borrow(), other.borrow())  // null on exception
        return try GEOSGeometry(result, of: "union", in: session)
    }

    /// The rings of all polygons in it, as GEOS winds them; points and lines are left out.
    borrowing func polygons() throws(GeometryError) -> [Footprint.Polygon] {
        var polygons: [Footprint.Polygon] = []
        try collectPolygons(of: borrow(), into: &polygons)
        return polygons
    }

    private borrowing func collectPolygons(
        of geometry: OpaquePointer?, into polygons: inout [Footprint.Polygon]
    ) throws(GeometryError) {
        let handle = session.handle
        switch UInt32(bitPattern: GEOSGeomTypeId_r(handle, geometry)) {  // −1 on exception
        case GEOS_POLYGON.rawValue:
            guard GEOSisEmpty_r(handle, geometry) == 0 else { return }  // 1 empty, 2 on exception
            // What these return belongs to the polygon.
            let shell = try points(of: GEOSGetExteriorRing_r(handle, geometry))
            var holes: [[Coordinate]] = []
            for index in 0..<GEOSGetNumInteriorRings_r(handle, geometry) {  // −1 on exception
                holes.append(try points(of: GEOSGetInteriorRingN_r(handle, geometry, index)))
            }
            polygons.append(Footprint.Polygon(shell: shell, holes: holes))
        case GEOS_MULTIPOLYGON.rawValue, GEOS_GEOMETRYCOLLECTION.rawValue:
            for index in 0..<GEOSGetNumGeometries_r(handle, geometry) {  // −1 on exception
                try collectPolygons(of: GEOSGetGeometryN_r(handle, geometry, index), into: &polygons)
            }
        default:
            return
        }
    }

    private borrowing func points(of ring: OpaquePointer?) throws(GeometryError) -> [Coordinate] {
        let handle = session.handle
        let sequence = GEOSGeom_getCoordSeq_r(handle, ring)  // belongs to the ring; null on exception
        var size: UInt32 = 0
        guard let sequence, GEOSCoordSeq_getSize_r(handle, sequence, &size) == 1 else {  // 0 on exception
            throw session.failure("reading a ring")
        }
        var points = [Coordinate](repeating: Coordinate(x: 0, y: 0), count: Int(size))
        let status = points.withUnsafeMutableBytes { bytes in
            GEOSCoordSeq_copyToBuffer_r(handle, sequence, bytes.bindMemory(to: Double.self).baseAddress, 0, 0)
        }
        guard status == 1 else { throw session.failure("reading a ring") }  // 0 on exception
        return points
    }
}
