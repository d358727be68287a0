import FirmModel
import VectorInput

/// The first region of which any polygon holds a place, each edge of each looked at.
func bruteForceRegion(at place: Coordinate, in regions: [Region]) -> Int32? {
    regions.firstIndex { region in region.polygons.contains { holds($0, place) } }.map { Int32($0) }
}

/// Crossings of the ray to the right, by where it meets the line of the edge.
private func holds(_ polygon: Region.Polygon, _ place: Coordinate) -> Bool {
    var isInside = false
    for ring in polygon {
        for (index, end) in ring.enumerated() {
            let start = ring[(index + ring.count - 1) % ring.count]
            let (low, high) = start.y < end.y ? (start, end) : (end, start)
            guard low.y <= place.y, place.y < high.y else { continue }
            let meeting = low.x + (place.y - low.y) * (high.x - low.x) / (high.y - low.y)
            if meeting > place.x { isInside.toggle() }
        }
    }
    return isInside
}
