/// Why no outline could be made.
public enum GeometryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// GEOS refused an operation; its own messages say why.
    case operationFailed(operation: String, messages: [String])
    /// Rounding left the boundary of a disc union open, also with slightly larger discs.
    case boundaryDoesNotClose(discs: Int)
    /// Nothing of the outline is left after rounding to the digits written.
    case outlineVanishes(radius: Double)
    /// Longitudes and latitudes could not be had for projected coordinates.
    case transformFailed(String)

    public var description: String {
        switch self {
        case .operationFailed(let operation, let messages):
            "GEOS: \(operation) failed" + (messages.isEmpty ? "" : ": " + messages.joined(separator: "; "))
        case .boundaryDoesNotClose(let discs):
            "the boundary of the union of \(discs) discs does not close"
        case .outlineVanishes(let radius):
            "an outline of radius \(radius) m vanishes when its coordinates are rounded"
        case .transformFailed(let reason):
            "an outline could not be transformed to longitude and latitude: \(reason)"
        }
    }
}
