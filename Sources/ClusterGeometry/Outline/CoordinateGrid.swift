import FirmModel

/// The coordinates that can be written: whole steps of 10⁻⁷ degrees (1.1 cm), or of a millimeter without a place.
///
/// Rings are kept in whole steps while they are sorted out and repaired, where arithmetic on them is exact.
struct CoordinateGrid {
    let stepsPerUnit: Double
    /// The smallest radius in meters that survives rounding in shape: nine or ten steps.
    let smallestRadius: Double

    static let degrees = CoordinateGrid(stepsPerUnit: 1e7, smallestRadius: 0.1)
    static let meters = CoordinateGrid(stepsPerUnit: 1e3, smallestRadius: 0.01)

    @inline(__always)
    func step(_ point: Coordinate) -> Coordinate {
        // Adding 0 turns −0 into 0.
        Coordinate(x: (point.x * stepsPerUnit).rounded() + 0, y: (point.y * stepsPerUnit).rounded() + 0)
    }

    /// A closed ring in whole steps, without repeated points; nil when fewer than three are left.
    func steps(_ ring: [Coordinate]) -> [Coordinate]? {
        var steps: [Coordinate] = []
        steps.reserveCapacity(ring.count)
        for point in ring {
            let step = step(point)
            if step != steps.last { steps.append(step) }
        }
        if let first = steps.first, steps.count > 1, steps.last != first { steps.append(first) }
        return steps.count >= 4 ? steps : nil
    }

    /// The coordinates of a ring in steps: division gives the doubles nearest to their decimal spelling.
    func coordinates(_ steps: [Coordinate]) -> [Coordinate] {
        steps.map { Coordinate(x: $0.x / stepsPerUnit, y: $0.y / stepsPerUnit) }
    }

    func coordinates(_ polygon: Footprint.Polygon) -> Footprint.Polygon {
        Footprint.Polygon(shell: coordinates(polygon.shell), holes: polygon.holes.map(coordinates))
    }
}

/// Twice the signed area of a closed ring, positive counter-clockwise.
func doubleSignedArea(_ ring: [Coordinate]) -> Double {
    var sum = 0.0
    for index in ring.indices.dropFirst() {
        let (a, b) = (ring[index - 1], ring[index])
        // About the first point, so that distant coordinates do not cancel.
        sum += (a.x - ring[0].x) * (b.y - ring[0].y) - (a.y - ring[0].y) * (b.x - ring[0].x)
    }
    return sum
}
