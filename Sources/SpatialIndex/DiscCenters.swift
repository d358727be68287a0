import FirmModel

/// The centers of the discs of one footprint, by their coordinates.
///
/// Loaded for one footprint after the other; read by any number of threads between loads.
public final class DiscCenters: @unchecked Sendable {
    // Sendable by hand: whoever loads it sees to it that nobody reads meanwhile.

    private(set) var list = CenterList()
    private(set) var south = Double.infinity
    private(set) var north = -Double.infinity

    /// No centers yet.
    public init() {}

    /// The number of centers.
    public var count: Int { list.count }

    /// Takes other sites as centers.
    ///
    /// - Parameter centers: ascending site numbers.
    public func load(_ centers: [Int32], of sites: Sites) {
        list.count = 0
        list.reserve(centers.count)
        list.count = centers.count
        let (x, y, site) = (list.x, list.y, list.site)
        var (south, north) = (Double.infinity, -Double.infinity)
        for (i, center) in centers.enumerated() {
            x[i] = sites.x[Int(center)]
            y[i] = sites.y[Int(center)]
            site[i] = center
            south = min(south, y[i])
            north = max(north, y[i])
        }
        (self.south, self.north) = (south, north)
    }
}

/// Centers as columns of raw memory that grow and are used again and again.
struct CenterList: ~Copyable {
    private(set) var x: UnsafeMutablePointer<Double>
    private(set) var y: UnsafeMutablePointer<Double>
    private(set) var site: UnsafeMutablePointer<Int32>
    private(set) var capacity = 64
    var count = 0

    init() {
        (x, y) = (.allocate(capacity: capacity), .allocate(capacity: capacity))
        site = .allocate(capacity: capacity)
    }

    deinit {
        x.deallocate()
        y.deallocate()
        site.deallocate()
    }

    /// Makes room for `more` centers after those it has.
    mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let (capacity, count) = (max(count + more, 2 * capacity), count)
        func grown<Value: BitwiseCopyable>(_ column: UnsafeMutablePointer<Value>) -> UnsafeMutablePointer<Value> {
            let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
            larger.update(from: column, count: count)
            column.deallocate()
            return larger
        }
        (x, y, site) = (grown(x), grown(y), grown(site))
        self.capacity = capacity
    }

    /// Adds a center; there must be room.
    @inline(__always)
    mutating func append(x: Double, y: Double, site: Int32) {
        self.x[count] = x
        self.y[count] = y
        self.site[count] = site
        count += 1
    }

    /// Adds those centers of another list (or of this one: `range` lies before what is added) whose y is in `low...high`,
    /// and returns where they are.
    mutating func append(
        x otherX: UnsafePointer<Double>, y otherY: UnsafePointer<Double>, site otherSite: UnsafePointer<Int32>,
        in range: Range<Int>, from low: Double, to high: Double
    ) -> Range<Int> {
        let start = count
        var next = start
        let (x, y, site) = (x, y, site)
        // Written always and kept where it fits: a branch would be mispredicted half of the time.
        for i in range {
            let place = otherY[i]
            x[next] = otherX[i]
            y[next] = place
            site[next] = otherSite[i]
            next += place >= low && place <= high ? 1 : 0
        }
        count = next
        return start..<next
    }
}
