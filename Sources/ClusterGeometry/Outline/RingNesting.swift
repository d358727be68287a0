import FirmModel

/// Shells with the holes that lie in them.
///
/// Left of a hole's leftmost point lies the inside of its polygon, so the first edge to the left belongs to the shell
/// looked for or to another of its holes, one that begins farther left. Edges are kept by bands of y, which makes the
/// search O(√e) for most rings and e edges.
struct RingNesting {
    private struct Edge {
        var from: Coordinate
        var to: Coordinate
        /// The shell, or the bitwise complement of the hole.
        var owner: Int

        /// Insides lie left of an edge: that of one that goes down lies east of it.
        var hasInsideToTheEast: Bool { to.y < from.y }
    }

    /// In order of their smallest points, as are the holes of each; every ring starts with its smallest point.
    private(set) var polygons: [Footprint.Polygon]
    /// Whether every hole lies inside a polygon and every shell outside of all others, provided that rings do not cross.
    private(set) var isConsistent = true

    /// - Parameter rings: closed; positive area makes a shell.
    init(_ rings: [[Coordinate]]) {
        var shells: [[Coordinate]] = []
        var holes: [[Coordinate]] = []
        for ring in rings {
            if doubleSignedArea(ring) > 0 { shells.append(ring) } else { holes.append(ring) }
        }
        shells = shells.map(Self.fromSmallestPoint).sorted(by: Self.byPoints)
        holes = holes.map(Self.fromSmallestPoint).sorted(by: Self.byPoints)
        polygons = shells.map { Footprint.Polygon(shell: $0) }
        guard shells.count + holes.count > 1 else {
            isConsistent = holes.isEmpty
            return
        }
        let bands = Bands(shells: shells, holes: holes)
        for (index, shell) in shells.enumerated() {
            if bands.edgeLeft(of: shell[0], except: index)?.hasInsideToTheEast == true { isConsistent = false }
        }
        var shellOfHole: [Int?] = []
        for (index, hole) in holes.enumerated() {
            let edge = bands.edgeLeft(of: hole[0], except: ~index)
            if edge?.hasInsideToTheEast != true { isConsistent = false }
            // Holes come by their leftmost point: another hole farther left has its shell already.
            let shell = edge.flatMap { $0.owner >= 0 ? $0.owner : (~$0.owner < index ? shellOfHole[~$0.owner] : nil) }
            shellOfHole.append(shell)
            if let shell { polygons[shell].holes.append(hole) } else { isConsistent = false }
        }
    }

    /// The ring with its smallest point (x, then y) first: the same ring has one spelling.
    private static func fromSmallestPoint(_ ring: [Coordinate]) -> [Coordinate] {
        let open = ring.dropLast()
        guard let smallest = open.indices.min(by: { open[$0] < open[$1] }) else { return ring }
        return open[smallest...] + open[..<smallest] + [open[smallest]]
    }

    private static func byPoints(_ a: [Coordinate], _ b: [Coordinate]) -> Bool { a.lexicographicallyPrecedes(b) }

    private struct Bands {
        private let lowest: Double
        private let height: Double
        private var edges: [[Edge]]

        init(shells: [[Coordinate]], holes: [[Coordinate]]) {
            let owned =
                shells.enumerated().map { (owner: $0.offset, ring: $0.element) }
                + holes.enumerated().map { (owner: ~$0.offset, ring: $0.element) }
            var lowest = Double.infinity
            var highest = -Double.infinity
            var count = 0
            for (_, ring) in owned {
                count += ring.count
                for point in ring {
                    lowest = min(lowest, point.y)
                    highest = max(highest, point.y)
                }
            }
            let bandCount = max(1, Int(Double(count).squareRoot()))
            self.lowest = lowest
            height = max((highest - lowest) / Double(bandCount), .leastNormalMagnitude)
            edges = Array(repeating: [], count: bandCount + 1)
            for (owner, ring) in owned {
                for index in ring.indices.dropFirst() where ring[index].y != ring[index - 1].y {
                    let edge = Edge(from: ring[index - 1], to: ring[index], owner: owner)
                    for band in self.band(min(edge.from.y, edge.to.y))...self.band(max(edge.from.y, edge.to.y)) {
                        edges[band].append(edge)
                    }
                }
            }
        }

        private func band(_ y: Double) -> Int { min(edges.count - 1, max(0, Int((y - lowest) / height))) }

        /// The first edge of another ring that a ray to the left meets.
        func edgeLeft(of point: Coordinate, except own: Int) -> Edge? {
            var nearest: (x: Double, edge: Edge)?
            for edge in edges[band(point.y)] where edge.owner != own {
                guard (edge.from.y <= point.y) != (edge.to.y <= point.y) else { continue }
                let share = (point.y - edge.from.y) / (edge.to.y - edge.from.y)
                let x = edge.from.x + share * (edge.to.x - edge.from.x)
                if x <= point.x, x > nearest?.x ?? -.infinity { nearest = (x, edge) }
            }
            return nearest?.edge
        }
    }
}
