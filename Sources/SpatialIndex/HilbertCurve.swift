import FirmModel
public import ParallelWork
import RealModule

/// A curve that passes every place of a square once and never leaps (Hilbert 1891): what is near on it is near on the ground.
enum HilbertCurve {
    /// How far along the curve a place lies.
    ///
    /// - Parameters:
    ///   - x: from 0 (left) to 1 (right).
    ///   - y: from 0 to 1.
    ///   - order: how often the square is quartered: 2^`order` places to a side.
    static func distance(x: Double, y: Double, order: UInt32 = 26) -> UInt64 {
        let side = UInt32(1) << order
        let scale = Double(side)
        var (x, y) = (
            min(side - 1, UInt32(max(0, x) * scale)), min(side - 1, UInt32(max(0, y) * scale))
        )
        var distance: UInt64 = 0
        var half = side >> 1
        while half > 0 {
            let (right, upper) = (x & half != 0, y & half != 0)
            distance = distance << 2 | (right ? (upper ? 2 : 3) : (upper ? 1 : 0))
            // Each quarter holds the curve turned so that it begins where the one before ends.
            if !upper {
                if right { (x, y) = (side - 1 - x, side - 1 - y) }
                swap(&x, &y)
            }
            half >>= 1
        }
        return distance
    }
}

extension Sites {
    /// Canonical positions of all firms in the order in which a Hilbert curve over the register's square passes them; sites on one
    /// place of the curve in canonical order.
    ///
    /// Firms of one site are in an order drawn at random: in the canonical one, which is by code, a shift would carry all of an
    /// industry at one address to another together.
    ///
    /// On the sphere the square is one of longitude, shortened as at the middle latitude, and latitude.
    ///
    /// - Complexity: O(n log n); memory for 16 bytes a site while it works.
    /// - Throws: `WorkCancelled`.
    public func firmsAlongHilbertCurve(seed: UInt64, workers: Workers = Workers()) throws -> [Int32] {
        guard let west = x.first, let east = x.last, let south = y.min(), let north = y.max() else { return [] }
        let squeeze = metric == .sphere ? Double.cos((south + north) / 2 * (.pi / 180)) : 1
        let side = max((east - west) * squeeze, north - south)
        let scale = side > 0 ? 1 / side : 0
        let distances = try [UInt64](count: count) { distances in
            try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
                for site in range {
                    distances[site] = HilbertCurve.distance(
                        x: (x[site] - west) * squeeze * scale, y: (y[site] - south) * scale)
                }
            }
        }
        try workers.cancellation.check()
        let order = (0..<Int32(count)).sorted {
            let (a, b) = (distances[Int($0)], distances[Int($1)])
            return a != b ? a < b : $0 < $1
        }
        var firms: [Int32] = []
        firms.reserveCapacity(firmCount)
        var stream = RandomStream(seed: seed, stream: .max)
        for site in order {
            let start = firms.count
            firms += firmStarts[Int(site)]..<firmStarts[Int(site) + 1]
            for last in stride(from: firms.count - 1, to: start, by: -1) {
                firms.swapAt(last, start + stream.next(below: last - start + 1))
            }
        }
        return firms
    }
}
