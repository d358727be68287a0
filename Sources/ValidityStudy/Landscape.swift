import FirmClusters
import RealModule

/// Where the firms of a simulated register are: together, as real firms are, whatever they make.
///
/// Towns of Zipf sizes with dense cores, malls with many firms on one site, buildings with a few, and firms anywhere in the
/// country. All industries share this agglomeration, so that none of it says anything about one of them; it is what a
/// test has to be blind to.
struct Landscape: Sendable {
    /// Meters from the corner of the country.
    private(set) var x: [Double] = []
    private(set) var y: [Double] = []
    /// The town of each firm, −1 in the country.
    private(set) var town: [Int] = []

    /// The side of the country, in meters.
    static let side = 60_000.0
    static let townCount = 25
    private static let mallCount = 12
    /// Shares of the firms; the rest is in towns.
    private static let (rural, inMalls, sharing) = (0.15, 0.10, 0.15)
    /// Half of a town's firms are within this distance of its center where it is the largest town, in meters; towns cover
    /// ground in proportion to their firms.
    private static let largestRadius = 2_500.0
    /// A share of a town's firms is in its core, at this part of the distances.
    private static let (inCore, coreWidth) = (0.3, 0.2)

    private struct Town {
        var x: Double
        var y: Double
        var radius: Double
    }

    init(firms: Int, _ random: inout RandomStream) {
        let towns = (1...Self.townCount).map { rank in
            Town(
                x: Self.side * random.nextUnit(), y: Self.side * random.nextUnit(),
                radius: Self.largestRadius / Double(rank).squareRoot())
        }
        let townBySize = ZipfRanks(count: Self.townCount)
        let mallBySize = ZipfRanks(count: Self.mallCount)
        let malls = (0..<Self.mallCount).map { _ in
            let number = townBySize.draw(&random)
            return (place: Self.place(in: towns[number], &random), town: number)
        }
        for firm in 0..<firms {
            let kind = random.nextUnit()
            if kind < Self.rural {
                add(Self.side * random.nextUnit(), Self.side * random.nextUnit(), town: -1)
            } else if kind < Self.rural + Self.inMalls {
                let mall = malls[mallBySize.draw(&random)]
                add(mall.place.x, mall.place.y, town: mall.town)
            } else if kind < Self.rural + Self.inMalls + Self.sharing, firm > 0 {
                // A building that has firms: the more it has, the likelier.
                let neighbor = Int.random(in: 0..<firm, using: &random)
                add(x[neighbor], y[neighbor], town: town[neighbor])
            } else {
                let number = townBySize.draw(&random)
                let place = Self.place(in: towns[number], &random)
                add(place.x, place.y, town: number)
            }
        }
    }

    var count: Int { x.count }

    private mutating func add(_ x: Double, _ y: Double, town: Int) {
        self.x.append(x)
        self.y.append(y)
        self.town.append(town)
    }

    /// At a distance whose median is the radius and whose tail is heavy: towns fray out.
    private static func place(in town: Town, _ random: inout RandomStream) -> (x: Double, y: Double) {
        let width = random.nextUnit() < inCore ? coreWidth : 1
        // The distance of a bivariate t distribution with 2 degrees of freedom; nobody settles beyond 8 radii.
        let distance = min(8, (1 / (1 - random.nextUnit()) - 1).squareRoot()) * width * town.radius
        let direction = 2 * .pi * random.nextUnit()
        return (town.x + distance * .cos(direction), town.y + distance * .sin(direction))
    }
}

/// Ranks drawn with probabilities as 1, 1/2, 1/3, …
struct ZipfRanks {
    private let cumulated: [Double]

    init(count: Int) {
        var sum = 0.0
        cumulated = (1...count).map { rank in
            sum += 1 / Double(rank)
            return sum
        }
    }

    /// A rank, counted from 0.
    func draw(_ random: inout RandomStream) -> Int {
        let level = random.nextUnit() * (cumulated.last ?? 0)
        return cumulated.firstIndex { level < $0 } ?? cumulated.count - 1
    }
}
