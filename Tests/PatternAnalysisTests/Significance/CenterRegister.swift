import ColocationMining
import FirmModel
import ParallelWork
import SpatialIndex

/// Firms around a few centers in the plane: where there is one industry there are all.
struct CenterRegister {
    let sites: Sites
    let labels: IndustryLabels

    /// - Parameter industries: by row.
    init(
        _ points: [Coordinate], _ industries: [Int32], weights: [Int64]? = nil, firms: [Int32]? = nil,
        frame: CoordinateFrame = .local, workers: Workers = Workers(count: 1)
    ) throws {
        let count = Int(industries.max() ?? 0) + 1
        // Firms of no industry have a code of their own in the register.
        let register = try FirmRegister(
            frame: frame, x: points.map(\.x), y: points.map(\.y),
            industry: CategoryColumn(
                categories: (0...count).map { String($0 + 10000) },
                indices: industries.map { $0 < 0 ? Int32(count) : $0 }))
        let sites = try Sites(register, workers: workers)
        self.sites = sites
        labels = IndustryLabels(
            industryOfFirm: sites.firmRows.map { industries[Int($0)] }, industryCount: count,
            weights: weights.map { weights in sites.firmRows.map { weights[Int($0)] } },
            firmOfEntry: firms.map { firms in sites.firmRows.map { firms[Int($0)] } })
    }

    /// Places around centers, some of them shared by several firms.
    static func places(_ count: Int, centers: Int = 6, stream: inout RandomStream) -> [Coordinate] {
        let around = (0..<centers).map { _ in
            (stream.nextUnit() * 4000, stream.nextUnit() * 4000, 60 + 200 * stream.nextUnit())
        }
        var places: [Coordinate] = []
        while places.count < count {
            if !places.isEmpty, stream.nextUnit() < 0.1 {
                places.append(places[stream.next(below: places.count)])
                continue
            }
            let (x, y, width) = around[stream.next(below: centers)]
            // The sum of four even draws is bell-shaped enough.
            func offset() -> Double {
                (stream.nextUnit() + stream.nextUnit() + stream.nextUnit() + stream.nextUnit() - 2) * width
            }
            places.append(Coordinate(x: x + offset(), y: y + offset()))
        }
        return places
    }

    /// Industries that have nothing to do with where firms are.
    static func chance(firms: Int, industries: Int, seed: Int) throws -> CenterRegister {
        var stream = RandomStream(seed: UInt64(seed), stream: 61)
        let places = places(firms, stream: &stream)
        return try CenterRegister(places, places.map { _ in Int32(stream.next(below: industries)) })
    }
}
