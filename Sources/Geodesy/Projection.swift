import CPROJ
public import FirmModel
public import ParallelWork

/// The way from a named coordinate system to longitude and latitude (WGS 84), by PROJ.
///
///     let projection = try Projection(crs: "EPSG:3035")
///     let places = try projection.toWGS84(x: eastings, y: northings)
///
/// Coordinates are easting before northing and longitude before latitude whatever the authority's order, and no grids are
/// fetched from the network. May be called from several threads at once: each call borrows a PROJ context of its own, kept
/// for the next. The first one of a process takes about 0.1 s to open PROJ's database.
public final class Projection: Sendable {
    /// The name it was made from.
    public let crs: String
    /// What the authority calls it, for example `ETRS89-extended / LAEA Europe`.
    public let name: String
    /// Whether its coordinates are longitude and latitude. Such a register is transformed on reading; a projected one is
    /// measured in its own plane.
    public let isGeographic: Bool
    /// Meters in one unit of a projected system: 1, or 0.3048 for feet. Multiply coordinates read from a file by it:
    /// everything here is in meters. Nil for geographic systems.
    public let metersPerUnit: Double?
    /// Degrees in one unit of a geographic system: 1, or 0.9 for grads. Nil for projected systems.
    public let degreesPerUnit: Double?

    private let sessions: Guarded<[ProjectionSession]>
    private let unitFactor: Double

    /// Longitudes and latitudes in the order of the input.
    public struct Places: Sendable, Equatable {
        /// In degrees; NaN in rows that failed.
        public var longitude: [Double]
        /// In degrees; NaN in rows that failed.
        public var latitude: [Double]
        /// Rows that have no place in WGS 84, ascending.
        public var failedRows: [Int]
    }

    /// - Parameter crs: anything PROJ reads: `EPSG:25832`, a WKT or PROJ string.
    /// - Throws: ``ProjectionError`` when PROJ does not know it, or it is neither geographic nor projected.
    public init(crs: String) throws(ProjectionError) {
        // PROJ takes any other text for part of a system's name and settles for the first that has it.
        guard crs.contains(where: { ":+[{".contains($0) }) else {
            throw .unknownSystem(crs, reason: "neither a code with its authority nor a definition")
        }
        let session = try ProjectionSession(crs: crs)
        self.crs = crs
        name = session.system.name
        isGeographic = session.system.isGeographic
        unitFactor = session.system.unitFactor
        metersPerUnit = isGeographic ? nil : unitFactor
        degreesPerUnit = isGeographic ? unitFactor : nil
        sessions = Guarded([session])
    }

    /// The version of the PROJ library in use, for example `9.1.1`.
    public static var version: String { proj_info().version.map { String(cString: $0) } ?? "unknown" }

    /// Longitudes and latitudes of meters in a projected system, or of coordinates in the angular unit of a geographic
    /// one.
    ///
    /// Every value is looked at: rows that are not finite, geographic ones beyond the poles or a full turn, and those for
    /// which PROJ has no answer are named in the result.
    /// - Throws: ``ProjectionError``, or `WorkCancelled`.
    public func toWGS84(x: [Double], y: [Double], workers: Workers = Workers(count: 1)) throws -> Places {
        precondition(x.count == y.count, "as many x as y")
        // One piece of a register: long enough to be worth a context, short enough to share.
        let grain = 16_384
        let pieces = Guarded<[Int: Places]>([:])
        try workers.forEach(in: 0..<x.count, grain: grain) { range, _ in
            let piece = try transformed(x[range], y[range])
            pieces.withLock { $0[range.lowerBound] = piece }
        }
        return pieces.withLock { pieces in
            var all = Places(longitude: [], latitude: [], failedRows: [])
            all.longitude.reserveCapacity(x.count)
            all.latitude.reserveCapacity(x.count)
            for start in stride(from: 0, to: x.count, by: grain) {
                guard let piece = pieces[start] else { continue }
                all.longitude += piece.longitude
                all.latitude += piece.latitude
                all.failedRows += piece.failedRows
            }
            return all
        }
    }

    /// The same for a few points, all of which must have a place.
    /// - Throws: ``ProjectionError/outOfReach(_:rows:)`` otherwise.
    public func toWGS84(_ points: [Coordinate]) throws(ProjectionError) -> [Coordinate] {
        let places = try transformed(points.map(\.x)[...], points.map(\.y)[...])
        guard places.failedRows.isEmpty else { throw .outOfReach(crs, rows: places.failedRows) }
        return zip(places.longitude, places.latitude).map { Coordinate(longitude: $0, latitude: $1) }
    }

    private func transformed(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) throws(ProjectionError) -> Places {
        let idle = sessions.withLock { $0.popLast() }
        let session = if let idle { idle } else { try ProjectionSession(crs: crs) }
        defer { sessions.withLock { $0.append(session) } }
        var longitude = Array(x)
        var latitude = Array(y)
        if isGeographic {
            // PROJ would take a longitude of 500 for one of 140.
            for index in longitude.indices
            where !(abs(longitude[index] * unitFactor) <= 360 && abs(latitude[index] * unitFactor) <= 90) {
                (longitude[index], latitude[index]) = (.infinity, .infinity)
            }
        } else if unitFactor != 1 {
            for index in longitude.indices {
                longitude[index] /= unitFactor
                latitude[index] /= unitFactor
            }
        }
        longitude.withUnsafeMutableBufferPointer { longitude in
            latitude.withUnsafeMutableBufferPointer { latitude in
                session.toWGS84(x: longitude, y: latitude)
            }
        }
        var failed: [Int] = []
        for index in longitude.indices
        where !(abs(longitude[index]) <= 180 && abs(latitude[index]) <= 90) {
            failed.append(x.startIndex + index)
            (longitude[index], latitude[index]) = (.nan, .nan)
        }
        return Places(longitude: longitude, latitude: latitude, failedRows: failed)
    }
}
