import FirmModel
import RealModule

/// How the firms of a town or a plant lie around its center: evenly over all directions, at distances whose median is the
/// radius and whose tail is heavy, stretched along a bearing.
struct Scatter: Sendable {
    private let center: Coordinate
    private let radius: Double
    private let tail: Tail
    /// The axes of the stretched circle, in meters to the east and north.
    private let along: (east: Double, north: Double)
    private let across: (east: Double, north: Double)
    private let degreesPerMeterEast: Double
    private let degreesPerMeterNorth: Double

    /// Bivariate t distributions for which the inverse of the distribution function needs square roots only.
    enum Tail: Sendable {
        /// 2 degrees of freedom: 1 firm in 10 farther than 3 radii. Towns fray out.
        case heavy
        /// 4 degrees of freedom: 1 firm in 22 farther than 3 radii. Plants hold together.
        case moderate
    }

    /// Farther than this many radii nobody settles.
    private static let reach = 12.0

    private init(
        center: Coordinate, radius: Meters, tail: Tail, along: (east: Double, north: Double),
        across: (east: Double, north: Double)
    ) {
        self.center = center
        self.radius = radius.value
        self.tail = tail
        self.along = along
        self.across = across
        degreesPerMeterNorth = 180 / (.pi * Sphere.radius)
        degreesPerMeterEast = degreesPerMeterNorth / .cos(center.latitude * .pi / 180)
    }

    init(around center: Coordinate, radius: Meters) {
        self.init(center: center, radius: radius, tail: .heavy, along: (1, 0), across: (0, 1))
    }

    init(plant: RegisterDescription.Plant, in town: RegisterDescription.Town) {
        let townScatter = Scatter(around: town.center, radius: town.radius)
        let center = townScatter.coordinate(east: plant.east.value, north: plant.north.value)
        let (sine, cosine) = (Double.sin(plant.bearing * .pi / 180), Double.cos(plant.bearing * .pi / 180))
        let length = plant.stretch.squareRoot()
        self.init(
            center: center, radius: plant.radius, tail: .moderate, along: (sine * length, cosine * length),
            across: (cosine / length, -sine / length))
    }

    /// A place drawn from the distribution, at `widening` times the distances.
    func draw(widening: Double, _ random: inout RandomStream) -> Coordinate {
        var distance = Double.infinity
        while distance > Self.reach {
            let u = 1 - random.nextUnit()
            distance =
                switch tail {
                case .heavy: (1 / u - 1).squareRoot()
                case .moderate: ((1 / u.squareRoot() - 1) / 0.414_213_562_373_095).squareRoot()  // √2 − 1
                }
        }
        // A direction without trigonometry: a point of the unit disc, moved out to its rim.
        var (a, b, squared) = (0.0, 0.0, 0.0)
        repeat {
            a = 2 * random.nextUnit() - 1
            b = 2 * random.nextUnit() - 1
            squared = a * a + b * b
        } while squared > 1 || squared == 0
        let scale = distance * widening * radius / squared.squareRoot()
        return coordinate(
            east: scale * (a * along.east + b * across.east), north: scale * (a * along.north + b * across.north))
    }

    var middle: Coordinate { center }

    private func coordinate(east: Double, north: Double) -> Coordinate {
        Coordinate(
            longitude: center.longitude + east * degreesPerMeterEast,
            latitude: center.latitude + north * degreesPerMeterNorth)
    }
}
