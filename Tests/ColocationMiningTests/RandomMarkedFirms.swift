import FirmClustersTestSupport
import FirmModel

extension MarkedFirms {
    /// A random register made to hurt, the same for the same seed: even, clumped, lattices with pairs at exactly the distance, many
    /// firms at one site; across the antimeridian, around a pole.
    ///
    /// - Parameters:
    ///   - types: about how many types there are, some of them rare.
    ///   - meanNeighbors: about how many other firms are within the distance of one.
    static func random(
        seed: Int, firms count: Int, types typeCount: Int, meanNeighbors: Double, withWeights: Bool = false,
        withCodes: Bool = false
    ) -> MarkedFirms {
        var stream = RandomStream(seed: UInt64(seed), stream: 61)
        let shape = Shape.allCases[seed % Shape.allCases.count]
        var places = (0..<count).map { _ in shape.place(&stream) }
        // Some firms share a place with another.
        for _ in 0..<count / 8 { places[stream.next(below: count)] = places[stream.next(below: count)] }
        // Few firms of the last types: the square of a share is mostly small.
        var types = (0..<count).map { _ in
            seed % 2 == 0
                ? stream.next(below: typeCount) : Int(Double(typeCount) * stream.nextUnit() * stream.nextUnit())
        }
        var behind = Array(0..<count)
        if withCodes {
            for firm in 0..<count / 3 {
                // A further code of a firm that has one: another entry at the same place.
                places.append(places[firm])
                types.append((types[firm] + 1 + stream.next(below: max(1, typeCount - 1))) % typeCount)
                behind.append(firm)
            }
        }
        var weights = types.map { _ in stream.next(below: 9) + (stream.next(below: 30) == 0 ? 1000 : 0) }
        // Without weight a type has no ratio.
        for type in Set(types) {
            let members = types.indices.filter { types[$0] == type }
            if members.allSatisfy({ weights[$0] == 0 }) { members.forEach { weights[$0] = 1 } }
        }
        var firms = MarkedFirms(
            places, types: types, weights: withWeights ? weights : nil, firms: withCodes ? behind : nil,
            distance: shape.distance(forNeighbors: meanNeighbors / Double(count)), isGeographic: shape.isGeographic)
        // On the sphere there are two ways to measure; no pair may lie where they could differ.
        while firms.isTied { firms.distance *= 1.000_1 }
        return firms
    }

    /// In which way the places of firms are spread.
    enum Shape: CaseIterable {
        case even, clumped, lattice, towers, town, antimeridian, pole, globe

        var isGeographic: Bool { [.town, .antimeridian, .pole, .globe].contains(self) }

        func place(_ stream: inout RandomStream) -> Coordinate {
            let (u, v, clump) = (stream.nextUnit(), stream.nextUnit(), Double(stream.next(below: 4)))
            switch self {
            case .even: return Coordinate(x: u * 1000, y: v * 1000)
            case .clumped:
                return Coordinate(x: 1e6 + 250 * clump + 200 * u * u, y: -3e6 + 100 * clump * clump + 100 * v)
            case .lattice: return Coordinate(x: (u * 20).rounded() * 50, y: (v * 20).rounded() * 50)
            case .towers:
                return Coordinate(x: (u * 5).rounded() * 200, y: (v * 5).rounded() * 200 + (clump < 1 ? 1000 * u : 0))
            case .town: return Coordinate(longitude: 113 + u * 0.02, latitude: 23 + v * 0.02)
            case .antimeridian:
                return Coordinate(longitude: u < 0.5 ? 180 - u * 0.02 : u * 0.02 - 180, latitude: v * 0.02 - 17)
            case .pole: return Coordinate(longitude: u * 360 - 180, latitude: 90 - v.squareRoot() * 0.01)
            case .globe: return Coordinate(longitude: u * 360 - 180, latitude: v * 180 - 90)
            }
        }

        /// A radius whose disc is a share of the ground; on lattices one at which pairs lie exactly.
        func distance(forNeighbors share: Double) -> Double {
            let share = share / .pi
            switch self {
            case .even: return 1000 * share.squareRoot()
            case .clumped: return 500 * share.squareRoot()
            // 50 times the hypotenuse 5 of 3 and 4, or a whole number of steps.
            case .lattice: return share < 0.02 ? 100 : 250
            case .towers: return share < 0.04 ? 200 : 400
            case .town: return 2200 * share.squareRoot()
            case .antimeridian: return 2200 * share.squareRoot()
            case .pole: return 2000 * share.squareRoot()
            case .globe: return 2e7 * share.squareRoot()
            }
        }
    }
}
