import CDistanceKernels
public import FirmModel
public import ParallelWork

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
/// plane, 36 on the sphere, 4 more with counts or 8 with weights.
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
    /// Where sites count for several: the site at position p for `before[p + 1] - before[p]`.
    let before: UnsafePointer<Int32>?
    /// The weights where they are not counts.
    let weights: UnsafePointer<Double>?
    /// Occupied rows, ascending: row number floor(y / rowHeight).
    public let rowNumbers: [Int]
    /// Occupied row r holds positions `rowStarts[r]..<rowStarts[r + 1]`.
    public let rowStarts: [Int]

    // What kernels compute distances from: x and y in the plane (`first` is `x`), unit vectors on the sphere.
    let first: UnsafePointer<Double>
    let second: UnsafePointer<Double>
    let third: UnsafePointer<Double>?

    /// On the sphere, for each occupied row the least cosine of a latitude in it.
    let smallestCosines: [Double]

    private let owners: [AnyObject]

    /// - Parameters:
    ///   - subset: all sites when nil.
    ///   - countsFirms: whether all sites weigh as many as there are firms on them, or 1 each.
    ///   - rowHeight: in meters on the ground; positive and finite.
    /// - Complexity: O(m) for m sites, while the number of rows in the extent is not far beyond m; else O(m log m).
    public init(
        _ sites: Sites, subset: SiteSubset? = nil, countsFirms: Bool = false, rowHeight: Meters, workers: Workers
    ) throws {
        let count = subset?.count ?? sites.count
        let workers = count < 1 << 16 ? workers.single : workers
        metric = sites.metric
        self.count = count
        let height = sites.metric.rowHeight(rowHeight)
        self.rowHeight = height

        let order = Column<Int32>(count: count)
        let columns = (0..<(sites.metric == .sphere ? 4 : 2)).map { _ in Column<Double>(count: count) }
        let hasCounts = subset.map { !$0.counts.isEmpty } ?? (countsFirms && sites.firmCount > sites.count)
        // Most sites count for one: only the others are written to their places.
        let before = hasCounts ? Column<Int32>(count: count + 1) : nil
        before?.shared.slice(0..<count + 1).update(repeating: 1)
        let weights = subset?.amounts.isEmpty == false ? Column<Double>(count: count) : nil
        let arrangement = try MemberColumn.with(sites.x, sites.y, of: subset) { x, y in
            let arrangement = try RowArrangement(count: count, rowHeight: height, y: y, workers: workers)
            let positions = arrangement.positions.shared
            let (order, counts, weights) = (order.shared, before?.shared, weights?.shared)
            let (xs, ys) = (columns[0].shared, columns[columns.count - 1].shared)
            // One column after the other, each for so many sites that the lines it writes to, one a row, are mostly filled
            // before they leave the cache.
            try workers.forEach(in: 0..<count, grain: 1 << 18) { range, _ in
                for index in range { xs[Int(positions[index])] = x[index] }
                for index in range { ys[Int(positions[index])] = y[index] }
                for index in range { order[Int(positions[index])] = Int32(truncatingIfNeeded: index) }
                if let counts {
                    for index in range {
                        let firms = subset?.counts[index] ?? (sites.firmStarts[index + 1] - sites.firmStarts[index])
                        if firms != 1 { counts[Int(positions[index]) + 1] = firms }
                    }
                }
                if let weights, let subset {
                    for index in range { weights[Int(positions[index])] = subset.amounts[index] }
                }
            }
            return arrangement
        }
        rowNumbers = arrangement.rowNumbers
        rowStarts = arrangement.rowStarts
        smallestCosines = Self.cosines(of: rowNumbers, height: height, metric: metric)
        if sites.metric == .sphere {
            // Vectors are worked out where they are needed: that is faster than fetching them from all over a longer column.
            let (longitudes, latitudes) = (columns[0].shared, columns[3].shared)
            let (vx, vy) = (columns[1].shared, columns[2].shared)
            try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
                guard let longitudes = longitudes.baseAddress, let latitudes = latitudes.baseAddress,
                    let vx = vx.baseAddress, let vy = vy.baseAddress
                else { return }
                let low = range.lowerBound
                unit_vectors(longitudes + low, latitudes + low, range.count, vx + low, vy + low, latitudes + low)
            }
        }
        self.order = UnsafePointer(order.base)
        x = UnsafePointer(columns[0].base)
        first = UnsafePointer(columns[sites.metric == .sphere ? 1 : 0].base)
        second = UnsafePointer(columns[sites.metric == .sphere ? 2 : 1].base)
        third = sites.metric == .sphere ? UnsafePointer(columns[3].base) : nil
        if let before { try Self.addUp(before, workers: workers) }
        self.before = before.map { UnsafePointer($0.base) }
        self.weights = weights.map { UnsafePointer($0.base) }
        owners = [order] + columns + (weights.map { [$0] } ?? []) + (before.map { [$0] } ?? [])
    }

    /// Sites that come in the order of rows.
    ///
    /// - Parameters:
    ///   - members: sites by row, ascending within a row.
    ///   - before: the weight before each of them, and in the end that of all; empty when each weighs 1.
    init(_ sites: Sites, members: [Int32], before: [Int32], rowHeight: Meters) {
        let count = members.count
        self.count = count
        metric = sites.metric
        let height = sites.metric.rowHeight(rowHeight)
        self.rowHeight = height
        let isSphere = sites.metric == .sphere
        let order = Column<Int32>(count: count)
        let columns = (0..<(isSphere ? 4 : 2)).map { _ in Column<Double>(count: count) }
        let (xs, ys, places) = (columns[0].base, columns[columns.count - 1].base, order.base)
        var (rowNumbers, rowStarts): ([Int], [Int]) = ([], [])
        sites.x.withUnsafeBufferPointer { x in
            sites.y.withUnsafeBufferPointer { y in
                var row = Int.min
                for (position, site) in members.enumerated() {
                    let place = y[Int(site)]
                    xs[position] = x[Int(site)]
                    ys[position] = place
                    places[position] = Int32(truncatingIfNeeded: position)
                    let current = RowArrangement.row(of: place, height)
                    if current != row {
                        row = current
                        rowNumbers.append(current)
                        rowStarts.append(position)
                    }
                }
            }
        }
        rowStarts.append(count)
        (self.rowNumbers, self.rowStarts) = (rowNumbers, rowStarts)
        smallestCosines = Self.cosines(of: rowNumbers, height: height, metric: sites.metric)
        if isSphere { unit_vectors(xs, ys, count, columns[1].base, columns[2].base, ys) }
        self.order = UnsafePointer(order.base)
        x = UnsafePointer(xs)
        first = UnsafePointer(columns[isSphere ? 1 : 0].base)
        second = UnsafePointer(columns[isSphere ? 2 : 1].base)
        third = isSphere ? UnsafePointer(ys) : nil
        weights = nil
        var owners: [AnyObject] = [order] + columns
        if before.isEmpty {
            self.before = nil
        } else {
            let weight = Column<Int32>(count: before.count)
            weight.base.update(from: before, count: before.count)
            self.before = UnsafePointer(weight.base)
            owners.append(weight)
        }
        self.owners = owners
    }

    /// What the sites at some positions count for together; rows with amounts for weights count sites.
    public func count(at positions: Range<Int>) -> Int {
        before.map { Int($0[positions.upperBound] - $0[positions.lowerBound]) } ?? positions.count
    }

    /// Some positions of other rows, ascending, as rows of their own, without weights.
    init(_ rows: SiteRows, positions: Column<Int32>, rowNumbers: [Int], rowStarts: [Int], workers: Workers) throws {
        defer { withExtendedLifetime((rows, positions)) {} }
        let count = positions.count
        metric = rows.metric
        rowHeight = rows.rowHeight
        self.count = count
        self.rowNumbers = rowNumbers
        self.rowStarts = rowStarts
        smallestCosines = Self.cosines(of: rowNumbers, height: rowHeight, metric: metric)
        var owners: [AnyObject] = []
        let chosen = positions.shared
        func gathered<Value: BitwiseCopyable & Sendable>(_ source: UnsafePointer<Value>) throws -> UnsafePointer<Value>
        {
            let column = Column<Value>(count: count)
            owners.append(column)
            let target = column.shared
            let source = SharedColumn(UnsafeBufferPointer(start: source, count: rows.count))
            try workers.forEach(in: 0..<count, grain: 1 << 16) { range, _ in
                for index in range { target[index] = source[Int(chosen[index])] }
            }
            return UnsafePointer(column.base)
        }
        order = try gathered(rows.order)
        x = try gathered(rows.x)
        first = rows.metric == .plane ? x : try gathered(rows.first)
        second = try gathered(rows.second)
        third = try rows.third.map { try gathered($0) }
        (before, weights) = (nil, nil)
        self.owners = owners
    }
}

extension SiteRows {
    /// Turns a 0 and counts into the sums of all counts before.
    private static func addUp(_ counts: Column<Int32>, workers: Workers) throws {
        let (base, grain) = (counts.base, 1 << 16)
        defer { withExtendedLifetime(counts) {} }
        base[0] = 0
        let column = counts.shared
        let sums = try [Int32](count: (counts.count + grain - 1) / grain) { sums in
            try workers.forEach(in: 0..<counts.count, grain: grain) { range, _ in
                var sum: Int32 = 0
                for position in range {
                    sum &+= column[position]
                    column[position] = sum
                }
                sums[range.lowerBound / grain] = sum
            }
        }
        var firsts: [Int32] = [0]
        for sum in sums { firsts.append(firsts[firsts.count - 1] &+ sum) }
        let offsets = firsts
        try workers.forEach(in: 0..<counts.count, grain: grain) { range, _ in
            let offset = offsets[range.lowerBound / grain]
            for position in range { column[position] &+= offset }
        }
    }

    fileprivate static func cosines(of rowNumbers: [Int], height: Double, metric: Metric) -> [Double] {
        guard metric == .sphere else { return [] }
        let reach = RowReach(metric: metric, rowHeight: height, radius: 0)
        return rowNumbers.map(reach.smallestCosine)
    }
}

/// A column of all sites seen through a subset.
struct MemberColumn: @unchecked Sendable {
    private let values: UnsafePointer<Double>?
    private let members: UnsafePointer<Int32>?

    /// The value of the site at an index of the subset.
    @inline(__always)
    subscript(index: Int) -> Double {
        let site = members.map { Int($0[index]) } ?? index
        return values.unsafelyUnwrapped[site]
    }

    /// Calls `body` with two columns seen through a subset, or as they are without one.
    static func with<Result>(
        _ x: [Double], _ y: [Double], of subset: SiteSubset?, _ body: (MemberColumn, MemberColumn) throws -> Result
    ) rethrows -> Result {
        try x.withUnsafeBufferPointer { x in
            try y.withUnsafeBufferPointer { y in
                guard let subset else {
                    return try body(
                        MemberColumn(values: x.baseAddress, members: nil),
                        MemberColumn(values: y.baseAddress, members: nil))
                }
                return try subset.sites.withUnsafeBufferPointer {
                    try body(
                        MemberColumn(values: x.baseAddress, members: $0.baseAddress),
                        MemberColumn(values: y.baseAddress, members: $0.baseAddress))
                }
            }
        }
    }
}
