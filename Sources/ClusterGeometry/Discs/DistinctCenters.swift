import FirmModel
import RealModule

/// Centers in canonical order, equal ones once, so that nothing that follows depends on the order of the input.
struct DistinctCenters {
    /// Normalized, ascending by x, then y; on the sphere moved by up to 13 nanometers (25 where a wide box of latitudes
    /// reaches high).
    private(set) var places: [Coordinate]
    /// The corners of their bounding box.
    let lowest: Coordinate
    let highest: Coordinate
    /// For the sphere: seen from the middle where all is close to it.
    let frame: SphereFrame

    /// - Parameter angle: the radius of discs on the sphere; ignored in the plane.
    init(_ given: [Coordinate], in frame: CoordinateFrame, angle: Double) {
        var places = given
        var lowest = given[0].normalized(in: frame)
        var highest = lowest
        let isGeographic = frame.isGeographic
        places.withUnsafeMutableBufferPointer { places in
            for index in places.indices {
                let place = places[index].normalized(in: frame)
                lowest = Coordinate(x: min(lowest.x, place.x), y: min(lowest.y, place.y))
                highest = Coordinate(x: max(highest.x, place.x), y: max(highest.y, place.y))
                places[index] = place
            }
        }
        let close = isGeographic ? SphereFrame(closeTo: lowest, highest, angle: angle) : nil
        if isGeographic {
            // Far-flung places each have their own step.
            let steps = close.map { _ in PlaceSteps(at: max(abs(lowest.y), abs(highest.y))) }
            places.withUnsafeMutableBufferPointer { places in
                for index in places.indices {
                    places[index] = (steps ?? PlaceSteps(at: places[index].y)).nearest(to: places[index])
                }
            }
        }
        self.lowest = lowest
        self.highest = highest
        self.frame = close ?? .global
        self.places = places
        if !isAscending {
            self.places.sort()
            var last: Coordinate?
            self.places.removeAll { place in
                defer { last = place }
                return place == last
            }
        }
    }

    private var isAscending: Bool {
        places.withUnsafeBufferPointer { places in
            places.indices.dropFirst().allSatisfy { places[$0 - 1] < places[$0] }
        }
    }
}

/// Places moved by at most 13 nanometers, so that two are equal or far enough apart (some 10 nanometers, a hundred units
/// in the last place of a unit vector) for each to see the other in opposite directions.
///
/// Latitudes become multiples of 2⁻⁴² degrees, longitudes of about the same step on the ground that divides the circle.
/// Leaving out one of two near centers instead would not do: being near is not transitive.
private struct PlaceSteps {
    private static let step = 0x1p-42
    /// Steps of longitude to a turn.
    private let around: Double

    init(at latitude: Double) {
        let circle = 360 * Double.cos(latitude * (.pi / 180)) / Self.step
        around = Double(sign: .plus, exponent: max(2, circle.exponent), significand: 1)
    }

    @inline(__always)
    func nearest(to place: Coordinate) -> Coordinate {
        // Dividing and multiplying by powers of two is exact.
        let latitude = (place.latitude * (1 / Self.step)).rounded() * Self.step
        let longitude = (place.longitude / 360 * around).rounded() * (1 / around) * 360
        return Coordinate(longitude: longitude, latitude: latitude).normalized(in: .geographic)
    }
}
