import FirmModel
import Geodesy

/// How the coordinates of a file become those of a register: longitude and latitude on WGS 84, or meters.
///
/// - A geographic system other than WGS 84 is transformed.
/// - A projected system stays, in meters whatever its unit; rows outside its reach are found now, so that results can be
///   brought to WGS 84 later.
/// - Longitude and latitude on WGS 84, and local meters, stay as they are.
struct Placement: Sendable {
    /// What the coordinates of the register are.
    let frame: CoordinateFrame
    /// Meters, or degrees, in one unit of the file.
    private let unit: Double
    private let limit: (x: Double, y: Double)
    private let projection: Projection?

    /// - Parameter frame: what the coordinates of the file are; WGS 84 when nil.
    /// - Throws: `ProjectionError` for a system that PROJ does not know.
    init(_ frame: CoordinateFrame?) throws(ProjectionError) {
        if case .projected(let crs) = frame, !Self.namesOfWGS84.contains(crs.uppercased()) {
            let projection = try Projection(crs: crs)
            self.projection = projection
            self.frame = projection.isGeographic ? .geographic : .projected(crs: crs)
            unit = projection.metersPerUnit ?? projection.degreesPerUnit ?? 1
        } else {
            projection = nil
            self.frame = frame == .local ? .local : .geographic
            unit = 1
        }
        limit = FirmRegister.coordinateLimit(in: self.frame)
    }

    private static let namesOfWGS84: Set<String> = ["EPSG:4326", "OGC:CRS84"]

    /// Whether the numbers of a row lie within the limits of a register.
    func reaches(x: Double, y: Double) -> (x: Bool, y: Bool) { (abs(x * unit) <= limit.x, abs(y * unit) <= limit.y) }

    /// Brings the rows of a batch to their place. Those for which PROJ has none are rejected as out of range.
    ///
    /// - Throws: `ProjectionError` when PROJ fails as a whole, `WorkCancelled`.
    func place(_ batch: inout RowBatch) throws {
        guard let projection else { return }
        let (x, y) = (Array(batch.x.values), Array(batch.y.values))
        if !projection.isGeographic, unit != 1 {
            for row in x.indices { batch.x[row] *= unit }
            for row in y.indices { batch.y[row] *= unit }
        }
        let places = try projection.toWGS84(x: Array(batch.x.values), y: Array(batch.y.values))
        if projection.isGeographic {
            for row in x.indices { batch.x[row] = places.longitude[row] }
            for row in y.indices { batch.y[row] = places.latitude[row] }
        }
        guard !places.failedRows.isEmpty else { return }
        for row in places.failedRows {
            batch.rejections.add(
                RejectedRecord(
                    file: batch.file, line: Int(batch.line[row]), reason: .outOfRange, column: nil,
                    text: "\(x[row]), \(y[row])"))
        }
        batch.remove(places.failedRows)
    }
}
