import DensityClustering
import FirmModel
import ParallelWork
import SpatialIndex

/// An ordering of firms, with the way back to the order of the input. All firms are in it, so points are canonical positions.
struct Ordered {
    var sites: Sites
    var ordering: OPTICSOrdering

    /// - Parameter ranksAreRows: whether ties go by the order of the input.
    init(
        _ points: [Coordinate], frame: CoordinateFrame = .local, minimumWeight: Double, maximumRadius: Double,
        ranksAreRows: Bool = false, threads: Int = 2
    ) throws {
        let workers = Workers(count: threads)
        let register = try FirmRegister(
            frame: frame, x: points.map(\.x), y: points.map(\.y), industry: CategoryColumn(points.map { _ in "1" }))
        sites = try Sites(register, workers: workers)
        ordering = try OPTICS(minimumWeight: minimumWeight, maximumRadius: Meters(maximumRadius)).ordering(
            in: sites, ranks: ranksAreRows ? sites.firmRows : nil, workers: workers)
    }

    /// Values by position as values by row.
    func byRow<Value>(_ byPosition: some Collection<Value>) -> [Value] {
        zip(ordering.order.map { sites.firmRows[Int($0)] }, byPosition).sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The row of a point; −1 for none.
    func row(_ point: Int32) -> Int { point < 0 ? -1 : Int(sites.firmRows[Int(point)]) }
}
