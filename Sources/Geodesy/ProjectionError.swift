/// Why coordinates cannot be transformed.
public enum ProjectionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// PROJ does not know the name.
    case unknownSystem(String, reason: String)
    /// Neither geographic nor projected: a height, a local or a geocentric system.
    case unsupportedSystem(String, kind: String)
    /// PROJ has no way from the system to WGS 84.
    case noTransform(String, reason: String)
    /// Coordinates outside the system's reach, by position in the input.
    case outOfReach(String, rows: [Int])

    public var description: String {
        switch self {
        case .unknownSystem(let crs, let reason):
            "unknown coordinate system \"\(crs)\" (\(reason)); name one as EPSG:25832, or use local for meters "
                + "without a place"
        case .unsupportedSystem(let crs, let kind):
            "coordinate system \"\(crs)\" is \(kind); a projected or geographic one is needed"
        case .noTransform(let crs, let reason):
            "no transformation from \"\(crs)\" to WGS 84 (\(reason))"
        case .outOfReach(let crs, let rows):
            "\(rows.count) coordinates lie outside the reach of \"\(crs)\", the first in row \(rows.first ?? 0)"
        }
    }
}
