public import FirmModel
public import ParallelWork
import RealModule

/// Sites arranged in rows of equal height, south to north, and within a row by x, west to east.
///
/// This is the index behind every neighbor search. The sites that may lie within a radius of a place are, in each row
/// within reach, those whose x is in an interval: a contiguous run of the columns kept here, which is what the distance
/// kernels want. Rows are anchored at y = 0, not at the data, so that a tile of a register falls into the same rows as
/// the whole.
///
/// Because ``Sites`` ascend by x, arranging a subset for a new height is one stable counting pass by row.
///
/// A final class that owns its columns: made once, then read by any number of threads. Memory: 20 bytes a site in the
/// plane, 36 on the sphere, 8 more with weights.
public final class SiteRows: @unchecked Sendable {
    // Sendable by hand: nothing changes after init.

    /// How distance is measured between the sites.
    public let metric: Metric
    /// The number of sites.
    public let count: Int
    /// The height of a row, in meters or degrees of latitude.
    public let rowHeight: Double
    /// Position in rows → index in the subset (the site number itself when the subset is all sites).
    public let order: UnsafePointer<Int32>
    /// x or longitude at each position; ascending within a row.
    public let x: UnsafePointer<Double>
    /// The weights, nil when every site weighs 1.
    public let weights: UnsafePointer<Double>?
    /// Occupied rows, ascending: row number floor(y / rowHeight).
    public let rowNumbers: [Int]
    /// Occupied row r holds positions `rowStarts[r]..<rowStarts[r + 1]`.
    public let rowStarts: [Int]

    // What kernels compute distances from: x and y in the plane (`first` is `x`), unit vectors on the sphere.
    let first: UnsafePointer<Double>
    let second: UnsafePointer<Double>
    let third: UnsafePointer<Double>?

    private let owners: [AnyObject]

    /// - Parameters:
    ///   - subset: all sites, each weighing 1, when nil.
    ///   - rowHeight: in meters on the ground; positive and finite.
    /// - Complexity: O(m) for m sites, while the number of rows in the extent is not far beyond m; else O(m log m).
    public init(_ sites: Sites, subset: SiteSubset? = nil, rowHeight: Meters, workers: Workers) throws {
        let members = subset?.sites
        let count = members?.count ?? sites.count
        metric = sites.metric
        self.count = count
        let height =
            switch sites.metric {
            case .plane: rowHeight.value
            case .sphere: rowHeight.value / Sphere.radius * (180 / .pi)
            }
        self.rowHeight = height

        let latitudes = members.map { members in members.map { sites.y[Int($0)] } } ?? sites.y
        let arrangement = try RowArrangement(y: latitudes, rowHeight: height, workers: workers)
        rowNumbers = arrangement.rowNumbers
        rowStarts = arrangement.rowStarts

        let order = OwnedColumn<Int32>(count: count)
        order.base.update(from: arrangement.order, count: count)
        let indices = order.shared
        var owners: [AnyObject] = [order]
        func gathered(_ source: [Double], throughMembers: Bool = true) throws -> UnsafePointer<Double> {
            let column = OwnedColumn<Double>(count: count)
            owners.append(column)
            let target = column.shared
            try workers.forEach(in: 0..<count, grain: 1 << 16) { range, _ in
                if throughMembers, let members {
                    for i in range { target[i] = source[Int(members[Int(indices[i])])] }
                } else {
                    for i in range { target[i] = source[Int(indices[i])] }
                }
            }
            return UnsafePointer(column.base)
        }
        x = try gathered(sites.x)
        switch sites.metric {
        case .plane:
            first = x
            second = try gathered(sites.y)
            third = nil
        case .sphere:
            first = try gathered(sites.vectors.x)
            second = try gathered(sites.vectors.y)
            third = try gathered(sites.vectors.z)
        }
        if let weights = subset?.weights, !weights.isEmpty {
            self.weights = try gathered(weights, throughMembers: false)
        } else {
            weights = nil
        }
        self.order = UnsafePointer(order.base)
        self.owners = owners
    }

    /// Some positions of other rows, ascending, as rows of their own.
    init(_ rows: SiteRows, positions: [Int32], rowNumbers: [Int], rowStarts: [Int], workers: Workers) throws {
        let count = positions.count
        metric = rows.metric
        rowHeight = rows.rowHeight
        self.count = count
        self.rowNumbers = rowNumbers
        self.rowStarts = rowStarts
        var owners: [AnyObject] = []
        func gathered<Value: BitwiseCopyable>(_ source: UnsafePointer<Value>) throws -> UnsafePointer<Value> {
            let column = OwnedColumn<Value>(count: count)
            owners.append(column)
            let target = column.shared
            let source = SharedBuffer(
                UnsafeMutableBufferPointer(start: UnsafeMutablePointer(mutating: source), count: rows.count))
            try workers.forEach(in: 0..<count, grain: 1 << 16) { range, _ in
                for i in range { target[i] = source[Int(positions[i])] }
            }
            return UnsafePointer(column.base)
        }
        order = try gathered(rows.order)
        x = try gathered(rows.x)
        first = rows.metric == .plane ? x : try gathered(rows.first)
        second = try gathered(rows.second)
        third = try rows.third.map { try gathered($0) }
        weights = nil
        self.owners = owners
    }
}

/// Memory for a column that goes with its last owner, also when making the rest of an index is broken off.
private final class OwnedColumn<Value: BitwiseCopyable> {
    let base: UnsafeMutablePointer<Value>
    private let count: Int

    init(count: Int) {
        self.count = count
        base = .allocate(capacity: max(1, count))
    }

    deinit { base.deallocate() }

    /// The column for workers to write to; the owner must outlive their work.
    var shared: SharedBuffer<Value> { SharedBuffer(UnsafeMutableBufferPointer(start: base, count: count)) }
}
