public import FirmModel
import Foundation

/// Firms at places, each of a type, and how near firms have to be: all that a co-location pattern depends on.
public struct MarkedFirms: Sendable {
    public var places: [Coordinate]
    /// The type of each firm; negative for one that takes no part.
    public var types: [Int]
    public var weights: [Int]?
    /// Where firms have an entry for each of their types: the firm behind each entry.
    public var firms: [Int]?
    /// The largest distance of neighbors, in meters.
    public var distance: Double
    /// Whether places are longitude and latitude.
    public var isGeographic: Bool

    public init(
        _ places: [Coordinate], types: [Int], weights: [Int]? = nil, firms: [Int]? = nil, distance: Double,
        isGeographic: Bool = false
    ) {
        (self.places, self.types, self.weights, self.firms) = (places, types, weights, firms)
        (self.distance, self.isGeographic) = (distance, isGeographic)
    }

    public var count: Int { places.count }

    /// d(i, j) ≤ distance: squared in the plane, where lattices have ties that no rounding may break, and by the haversine on the
    /// sphere.
    public func areWithinDistance(_ i: Int, _ j: Int) -> Bool {
        if isGeographic { return separation(i, j) <= distance }
        let (dx, dy) = (places[j].x - places[i].x, places[j].y - places[i].y)
        return dx * dx + dy * dy <= distance * distance
    }

    /// Between two firms, in meters.
    public func separation(_ i: Int, _ j: Int) -> Double {
        let (a, b) = (places[i], places[j])
        guard isGeographic else { return hypot(b.x - a.x, b.y - a.y) }
        let degree = Double.pi / 180
        let (rise, run) = (sin((b.y - a.y) * degree / 2), sin((b.x - a.x) * degree / 2))
        let squared = rise * rise + cos(a.y * degree) * cos(b.y * degree) * run * run
        return 2 * Sphere.radius * asin(min(1, squared.squareRoot()))
    }

    /// Of different types, not the same firm, and within the distance.
    public func areNeighbors(_ i: Int, _ j: Int) -> Bool {
        guard types[i] >= 0, types[j] >= 0, types[i] != types[j] else { return false }
        if let firms, firms[i] == firms[j] { return false }
        return areWithinDistance(i, j)
    }

    /// N_f, or what the firms of a type weigh.
    public func total(ofType type: Int) -> Int {
        types.indices.reduce(0) { $0 + (types[$1] == type ? weights?[$1] ?? 1 : 0) }
    }

    /// The same without the types that have few firms.
    public func leavingOut(typesBelow minimumFirms: Int) -> MarkedFirms {
        let counts = types.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        var kept = self
        kept.types = types.map { counts[$0, default: 0] < minimumFirms ? -1 : $0 }
        return kept
    }

    /// Whether on the sphere some pair is so near to the distance that two ways of measuring may differ.
    public var isTied: Bool {
        guard isGeographic else { return false }
        return places.indices.contains { i in
            places.indices[..<i].contains { abs(separation(i, $0) - distance) < 1e-6 }
        }
    }
}
