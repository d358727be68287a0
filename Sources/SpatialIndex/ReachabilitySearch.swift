import CDistanceKernels
public import FirmModel

/// The neighbor queries of OPTICS: around one site after the other, in any order, how far it is to enough weight, and which
/// sites within a radius come nearer by way of it.
///
///     var search = ReachabilitySearch(rows, radius: radius, limit: limit)
///     search.turn(to: position)
///     let core = search.squaredCoreDistance(minimumWeight: 5, expectedWithin: guess)
///     let count = search.collectNearer(than: reached, core: core)      // `positions` and `squaredDistances` hold them
///
/// Distances are squared, in the units that kernels compare. Buffers are reused: memory for the sites around one place.
public struct ReachabilitySearch: ~Copyable {
    private let rows: SiteRows
    private let limit: Double
    private var finder: RunFinder
    private var origin = 0
    private var runs: UnsafePointer<site_run>?
    private var runCount = 0
    private var capacity = 0
    private var nearest = NearestWeight()

    /// The positions of the sites collected last.
    public private(set) var positions: UnsafeMutablePointer<Int32>
    /// How far they are.
    public private(set) var squaredDistances: UnsafeMutablePointer<Double>

    /// The height of rows that serves a radius best: lower rows follow the disc more closely, higher ones give longer runs.
    public static func rowHeight(radius: Meters) -> Meters { radius / 4 }

    /// - Parameters:
    ///   - radius: bounds which rows and columns are looked at; no smaller than what `limit` stands for, or than the extent
    ///     of the sites.
    ///   - limit: the largest squared distance of neighbors.
    public init(_ rows: SiteRows, radius: Meters, limit: Double) {
        self.rows = rows
        self.limit = limit
        finder = RunFinder(target: rows, radius: radius)
        positions = .allocate(capacity: 0)
        squaredDistances = .allocate(capacity: 0)
    }

    deinit {
        positions.deallocate()
        squaredDistances.deallocate()
    }

    /// Turns to the site at a position.
    public mutating func turn(to position: Int) {
        origin = position
        let row = rows.rowStarts.partitioningIndex { $0 > position } - 1
        let x = rows.x[position]
        finder.enter(row: rows.rowNumbers[row], from: x)
        (runs, runCount) = finder.kernelRuns(from: x, to: x)
        guard finder.candidates > capacity else { return }
        capacity = max(2 * capacity, finder.candidates)
        positions.deallocate()
        squaredDistances.deallocate()
        positions = .allocate(capacity: capacity)
        squaredDistances = .allocate(capacity: capacity)
    }

    /// The smallest squared distance within which the sites weigh at least `minimumWeight`, the site itself included;
    /// infinite when all neighbors together weigh less.
    ///
    /// - Parameter guess: a squared distance that is looked within first. Any gives the same answer; one that is a little
    ///   too large gives it quickest.
    public mutating func squaredCoreDistance(minimumWeight: Double, expectedWithin guess: Double) -> Double {
        if guess < limit {
            let squared = squaredCoreDistance(minimumWeight: minimumWeight, within: guess)
            if squared < .infinity { return squared }
        }
        return squaredCoreDistance(minimumWeight: minimumWeight, within: limit)
    }

    private mutating func squaredCoreDistance(minimumWeight: Double, within limit: Double) -> Double {
        guard let runs else { return .infinity }
        let count =
            if let third = rows.third {
                collect_in_runs_space(
                    rows.first[origin], rows.second[origin], third[origin], rows.first, rows.second, third, runs,
                    runCount, limit, positions)
            } else {
                collect_in_runs_planar(
                    rows.first[origin], rows.second[origin], rows.first, rows.second, runs, runCount, limit, positions)
            }
        nearest.removeAll()
        for index in 0..<count {
            let position = Int(positions[index])
            let weight =
                if let before = rows.before {
                    Double(before[position + 1] - before[position])
                } else if let weights = rows.weights {
                    weights[position]
                } else {
                    1.0
                }
            nearest.append(squaredDistance: rows.squaredDistance(position, to: origin, of: rows), weight: weight)
        }
        return nearest.squaredDistance(reaching: minimumWeight)
    }

    /// Collects the neighbors j with max(d², core) < reached[j].
    ///
    /// - Parameter reached: one value a position, with `Column.padding`.
    /// - Returns: how many there are.
    public mutating func collectNearer(than reached: UnsafePointer<Double>, core: Double) -> Int {
        guard let runs else { return 0 }
        let count =
            if let third = rows.third {
                collect_nearer_space(
                    rows.first[origin], rows.second[origin], third[origin], rows.first, rows.second, third, reached,
                    runs, runCount, limit, core, positions)
            } else {
                collect_nearer_planar(
                    rows.first[origin], rows.second[origin], rows.first, rows.second, reached, runs, runCount, limit,
                    core, positions)
            }
        for index in 0..<count {
            squaredDistances[index] = rows.squaredDistance(Int(positions[index]), to: origin, of: rows)
        }
        return count
    }
}

/// Sites around a place, of which the nearest that reach a weight are wanted: a binary heap with the nearest on top, of
/// which only as many are taken as that needs.
private struct NearestWeight {
    private var sites: [(squaredDistance: Double, weight: Double)] = []

    mutating func removeAll() { sites.removeAll(keepingCapacity: true) }

    mutating func append(squaredDistance: Double, weight: Double) { sites.append((squaredDistance, weight)) }

    /// The distance at which the sites, nearest first, weigh enough; infinite when they never do.
    mutating func squaredDistance(reaching enough: Double) -> Double {
        sites.withUnsafeMutableBufferPointer { sites in
            var count = sites.count
            for place in stride(from: count / 2 - 1, through: 0, by: -1) {
                Self.sink(sites[place], to: place, sites, count)
            }
            var total = 0.0
            while count > 0 {
                total += sites[0].weight
                if total >= enough { return sites[0].squaredDistance }
                count -= 1
                Self.sink(sites[count], to: 0, sites, count)
            }
            return .infinity
        }
    }

    @inline(__always)
    private static func sink(
        _ site: (squaredDistance: Double, weight: Double), to start: Int,
        _ sites: UnsafeMutableBufferPointer<(squaredDistance: Double, weight: Double)>, _ count: Int
    ) {
        var place = start
        while true {
            var child = 2 * place + 1
            guard child < count else { break }
            if child + 1 < count, sites[child + 1].squaredDistance < sites[child].squaredDistance { child += 1 }
            guard sites[child].squaredDistance < site.squaredDistance else { break }
            sites[place] = sites[child]
            place = child
        }
        sites[place] = site
    }
}
