import ClusterDetection
import FirmModel

/// The smallest box along the axes around outlines, as RFC 7946 section 5 writes it.
///
/// Longitudes go round: a box that crosses the antimeridian runs eastwards from `west` to a smaller `east`.
struct BoundingBox: Equatable {
    var west: Double
    var south: Double
    var east: Double
    var north: Double

    var crossesAntimeridian: Bool { west > east }

    /// The box of one outline, nil when it has no points.
    ///
    /// - Parameter isGeographic: whether x is a longitude. An outline with one part that ends at 180° and another that
    ///   begins at −180° was cut there, and crosses.
    init?(_ footprint: Footprint, isGeographic: Bool) {
        self.init(
            joining: footprint.polygons.lazy.compactMap { BoundingBox($0.shell) }, isGeographic: isGeographic)
    }

    /// The box around boxes, nil when there are none.
    ///
    /// If nothing touches the antimeridian from both sides it runs from the smallest to the largest longitude, as readers
    /// expect; otherwise it leaves out the widest gap between longitudes.
    init?(joining boxes: some Sequence<BoundingBox>, isGeographic: Bool) {
        var boxes = Array(boxes)
        guard var joined = boxes.first else { return nil }
        for box in boxes.dropFirst() {
            joined.west = min(joined.west, box.west)
            joined.south = min(joined.south, box.south)
            joined.east = max(joined.east, box.east)
            joined.north = max(joined.north, box.north)
        }
        let touchesBothSides = joined.west == -180 && joined.east == 180
        if isGeographic, touchesBothSides || boxes.contains(where: \.crossesAntimeridian) {
            (joined.west, joined.east) = Self.withoutWidestGap(&boxes)
        }
        self = joined
    }

    /// The box of some points, nil when there are none; longitudes are taken as they are.
    init?(points: [Coordinate]) { self.init(points) }

    private init?(_ ring: [Coordinate]) {
        guard let first = ring.first else { return nil }
        self.init(west: first.x, south: first.y, east: first.x, north: first.y)
        for point in ring {
            west = min(west, point.x)
            south = min(south, point.y)
            east = max(east, point.x)
            north = max(north, point.y)
        }
    }

    private init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    private static func withoutWidestGap(_ boxes: inout [BoundingBox]) -> (west: Double, east: Double) {
        // Unrolled: each box runs from its west to an east that is not smaller, past 180 where it crosses; what crosses
        // also covers the beginning.
        boxes.sort { ($0.west, $0.east) < ($1.west, $1.east) }
        var widest = (width: 0.0, west: -180.0, east: 180.0)
        var reached = boxes.lazy.filter(\.crossesAntimeridian).map(\.east).max() ?? -.infinity
        for box in boxes {
            if reached > -.infinity, box.west - reached > widest.width {
                widest = (box.west - reached, box.west, reached)
            }
            reached = max(reached, box.crossesAntimeridian ? box.east + 360 : box.east)
        }
        // The last gap leads round to the first box.
        if let first = boxes.first, first.west + 360 - reached > widest.width {
            widest = (first.west + 360 - reached, first.west, reached)
        }
        return (widest.west, widest.east > 180 ? widest.east - 360 : widest.east)
    }
}

extension TextBuffer {
    mutating func appendJSON(_ box: BoundingBox) {
        append("\"bbox\":[")
        appendCoordinate(box.west)
        append(.comma)
        appendCoordinate(box.south)
        append(.comma)
        appendCoordinate(box.east)
        append(.comma)
        appendCoordinate(box.north)
        append("]")
    }
}
