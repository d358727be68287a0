import FirmModel
import RealModule

extension RegisterDescription {
    /// A country for timing at any size: a box of 960 × 1000 km with towns of Zipf sizes, industries of Zipf sizes, and
    /// three to six towns of specialization for each industry.
    ///
    /// The map depends on the arguments here only, not on how many firms are drawn: 100,000 and 10,000,000 are samples of the
    /// same country.
    ///
    /// - 85 % of firms in towns, with radii of 0.5 to 15 km that grow with the town, the rest anywhere;
    /// - 2 % at an address with others, at ten million firms; less in smaller draws, whose small towns fill no building;
    /// - up to about a quarter of each industry in its towns of specialization.
    ///
    /// - Precondition: `towns` ≥ 20, 1 ≤ `industries` ≤ 1000.
    public static func country(towns townCount: Int = 4000, industries: Int = 300, seed: UInt64 = 1)
        -> RegisterDescription
    {
        precondition(townCount >= 20 && industries >= 1 && industries <= 1000)
        let nominal = 10_000_000
        let inTowns = 0.85
        var random = RandomStream(seed: seed)
        let (west, east, south, north) = (4.0, 17.0, 44.0, 53.0)
        let townTotal = (1...townCount).reduce(0) { $0 + 1 / Double($1) }
        let towns = (1...townCount).map { rank in
            let bell = (0..<12).reduce(-6.0) { sum, _ in sum + random.nextUnit() }
            let radius = 7500 * .pow(Double(rank), -0.42) * .exp(0.25 * bell)
            return Town(
                name: "Town \(rank)", county: "Country",
                center: Coordinate(
                    longitude: west + 0.3 + random.nextUnit() * (east - west - 0.6),
                    latitude: south + 0.2 + random.nextUnit() * (north - south - 0.4)),
                radius: Meters(min(max(radius, 250), 7500)), weight: 1 / (Double(rank) * townTotal), isSeat: rank <= 100
            )
        }
        let codes = (0..<industries).map { industryCode($0) }
        var ranks = Array(1...industries)
        // Fisher-Yates by hand: the standard library does not promise the same order in its next version.
        for last in stride(from: ranks.count - 1, to: 0, by: -1) {
            ranks.swapAt(last, Int(random.nextUnit() * Double(last + 1)))
        }
        let industryTotal = (1...industries).reduce(0) { $0 + 1 / Double($1) }
        var plants: [Plant] = []
        for (industry, rank) in ranks.enumerated() {
            let share = 1 / (Double(rank) * industryTotal)
            let places = 3 + Int(random.nextUnit() * 4)
            for number in 0..<places {
                let town = 10 + Int(random.nextUnit() * Double(min(1500, townCount) - 10))
                let part = min(0.4 * towns[town].weight, 0.25 * share / Double(places))
                plants.append(
                    Plant(
                        name: "\(codes[industry])-\(number + 1)", town: town, east: 0, north: 0,
                        industry: codes[industry], product: "Specialties",
                        firms: Int(part * inTowns * Double(nominal)), radius: 0.5 * towns[town].radius,
                        stretch: 1 + random.nextUnit(), bearing: 180 * random.nextUnit(), medianEmployees: 4,
                        exporters: 0.2, start: 1950, stage: .quantity, type: .marshallian, hometown: nil, source: ""))
            }
        }
        return RegisterDescription(
            name: "Country", idPrefix: "", firms: nominal, years: 1950...2024, sharedAddresses: 0.025,
            firmsPerBuilding: 3, periphery: 0.1, scattered: 1 - inTowns, missingEmployees: 0, subsidiaries: 0,
            outline: Outline(corners: [
                Coordinate(longitude: west, latitude: south), Coordinate(longitude: east, latitude: south),
                Coordinate(longitude: east, latitude: north), Coordinate(longitude: west, latitude: north),
            ]), sources: [], towns: towns, plants: plants,
            industries: zip(codes, ranks).map { code, rank in
                Industry(
                    code: code, product: "Services", weight: 1 / Double(rank), setting: .towns, medianEmployees: 4,
                    exporters: 0.05)
            }, ownerships: [Ownership(kind: "private", weight: 1, sizeFactor: 1)], elsewhere: [], hometownGroups: [])
    }

    /// A letter and four digits, all different for the first thousand.
    private static func industryCode(_ number: Int) -> String {
        let sections = Array("ABCDEFGHIJKLMNOPQRS")
        let division = 10 + number / sections.count
        let rest = 10 + number * 37 % 90
        return "\(sections[number % sections.count])\(division)\(rest)"
    }
}
