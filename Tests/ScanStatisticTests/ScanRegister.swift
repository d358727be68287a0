import FirmModel
import ScanStatistic
import SpatialIndex

/// Firms on sites, with their industries in canonical order.
struct ScanRegister {
    let sites: Sites
    let industryCount: Int
    let labelling: ScanLabelling

    /// - Parameter amounts: by row, like everything given.
    init(frame: CoordinateFrame, _ places: [Coordinate], industries: [Int], amounts: [Int32] = []) throws {
        let count = (industries.max() ?? 0) + 1
        let names = (0..<count).map { "\(100 + $0)" }
        let register = try FirmRegister(
            frame: frame, x: places.map(\.x), y: places.map(\.y),
            industry: CategoryColumn(categories: names, indices: industries.map { Int32($0) }),
            employment: amounts.isEmpty ? nil : amounts.map { Double($0) })
        sites = try Sites(register)
        industryCount = count
        labelling = ScanLabelling(
            industries: sites.firmRows.map { Int32(industries[Int($0)]) },
            amounts: amounts.isEmpty ? [] : sites.firmRows.map { amounts[Int($0)] })
    }

    /// Firms and what they count for, dealt anew.
    func shuffled(_ stream: inout RandomStream) -> ScanLabelling {
        let order = Array(labelling.industries.indices).shuffled(using: &stream)
        return ScanLabelling(
            industries: order.map { labelling.industries[$0] },
            amounts: labelling.amounts.isEmpty ? [] : order.map { labelling.amounts[$0] })
    }

    func population(of labelling: ScanLabelling) -> [Int] { perSite(labelling) { _ in true } }

    func cases(of industry: Int, _ labelling: ScanLabelling) -> [Int] {
        perSite(labelling) { Int(labelling.industries[$0]) == industry }
    }

    private func perSite(_ labelling: ScanLabelling, where counts: (Int) -> Bool) -> [Int] {
        (0..<sites.count).map { site in
            (Int(sites.firmStarts[site])..<Int(sites.firmStarts[site + 1])).reduce(0) {
                $0 + (counts($1) ? (labelling.amounts.isEmpty ? 1 : Int(labelling.amounts[$1])) : 0)
            }
        }
    }

    /// A random register: clumps, several firms on a site, places on a lattice where distances tie.
    static func random(seed: UInt64, firms: Int, industries: Int, frame: CoordinateFrame, withAmounts: Bool = false)
        throws
        -> ScanRegister
    {
        var stream = RandomStream(seed: seed)
        let step = [0.0, 1, 0.25][Int(seed % 3)]
        let places = (0..<firms).map { _ -> Coordinate in
            let clump = Double(Int.random(in: 0..<3, using: &stream))
            var x = 10 * clump + 8 * stream.nextUnit()
            var y = 5 * clump + 8 * stream.nextUnit()
            if step > 0 { (x, y) = ((x / step).rounded() * step, (y / step).rounded() * step) }
            guard frame.isGeographic else { return Coordinate(x: x, y: y) }
            // Across the antimeridian, near the pole for some seeds.
            return Coordinate(x: x < 14 ? x + 166 : x - 194, y: seed % 2 == 0 ? y : 72 + y)
        }
        // Industries of very different size.
        let labels = (0..<firms).map { _ in
            Int(Double(industries) * stream.nextUnit() * stream.nextUnit() * stream.nextUnit())
        }
        let amounts = (0..<firms).map { _ in Int32(3 / (stream.nextUnit() + 0.02)) - 1 }
        return try ScanRegister(frame: frame, places, industries: labels, amounts: withAmounts ? amounts : [])
    }
}
