import FirmModel
import ParallelWork
import SpatialIndex

/// Sites made to hurt: clumps, lattices with ties, poles, the antimeridian, several firms on one place.
struct RandomSites {
    let sites: Sites
    let coordinates: [Coordinate]
    let radius: Double

    init(seed: Int) throws {
        var stream = RandomStream(seed: UInt64(seed), stream: 11)
        let shape = seed % 6
        let frame: CoordinateFrame = shape < 3 ? .local : .geographic
        var points: [Coordinate] = []
        for _ in 0..<(40 + Int(stream.next() % 260)) {
            let (u, v) = (stream.nextUnit(), stream.nextUnit())
            switch shape {
            case 0: points.append(Coordinate(x: u * 1000, y: v * 1000))
            case 1: points.append(Coordinate(x: (u * 16).rounded() * 25, y: (v * 16).rounded() * 25))
            case 2:
                let clump = Double(stream.next() % 5) * 300 - 700
                points.append(Coordinate(x: clump + u * u * 60, y: clump * 0.5 + v * 60))
            case 3: points.append(Coordinate(longitude: 7 + u * 0.02, latitude: 51 + v * 0.02))
            case 4:
                points.append(
                    Coordinate(longitude: u < 0.5 ? 180 - u * 0.03 : u * 0.03 - 180, latitude: v * 0.03 - 0.01))
            default: points.append(Coordinate(longitude: u * 360 - 180, latitude: 90 - v * 0.02))
            }
        }
        for _ in 0..<20 { points.append(points[Int(stream.next() % UInt64(points.count))]) }
        let register = try FirmRegister(
            frame: frame, x: points.map(\.x), y: points.map(\.y), industry: CategoryColumn(points.map { _ in "1" }))
        sites = try Sites(register, workers: Workers(count: 1 + seed % 3))
        let found = sites
        coordinates = (0..<found.count).map { found.coordinate($0) }
        radius = [25, 60, 150, 400][Int(stream.next() % 4)]
    }

    /// Sites at places of one's own.
    init(_ points: [Coordinate], frame: CoordinateFrame) throws {
        let register = try FirmRegister(
            frame: frame, x: points.map(\.x), y: points.map(\.y), industry: CategoryColumn(points.map { _ in "1" }))
        let found = try Sites(register, workers: Workers(count: 1))
        sites = found
        coordinates = (0..<found.count).map { found.coordinate($0) }
        radius = 100
    }

    /// The squared distance between two sites as the kernels define it.
    func squaredDistance(_ i: Int, _ j: Int) -> Double {
        if sites.metric == .plane {
            let (dx, dy) = (sites.x[j] - sites.x[i], sites.y[j] - sites.y[i])
            return dx * dx + dy * dy
        }
        let d = sites.vector(j) - sites.vector(i)
        return (d.x * d.x + d.y * d.y) + d.z * d.z
    }
}
