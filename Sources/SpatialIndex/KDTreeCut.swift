import ParallelWork
import RealModule

/// Sites while they are put into the order of a k-d tree: always cut where their box is longest, in the middle of the leaves.
struct KDTreeCut {
    /// Coordinates, and in the last place which site it is; by tree position once cut.
    let sites: Column<SIMD4<Double>>

    static func index(of site: SIMD4<Double>) -> Int32 { Int32(truncatingIfNeeded: site.w.bitPattern) }

    init(_ subset: SiteSubset, in sites: Sites, workers: Workers) throws {
        let count = subset.count
        self.sites = Column(count: count)
        let placed = self.sites.shared
        try workers.forEach(in: 0..<count, grain: 1 << 14) { range, _ in
            for index in range {
                let site = Int(subset.sites[index])
                let number = Double(bitPattern: UInt64(index))
                switch sites.metric {
                case .plane: placed[index] = SIMD4(sites.x[site], sites.y[site], 0, number)
                case .sphere: placed[index] = SIMD4(sites.vector(site), number)
                }
            }
        }
        let leaves = (count + KDTree.leafSize - 1) / KDTree.leafSize
        // The first cuts one level after the other, side by side; what is below them, each on one worker.
        var parts = leaves > 0 ? [0..<leaves] : []
        while parts.count < 8 * workers.count, parts.contains(where: { $0.count > 1 }) {
            let level = parts
            try workers.forEach(in: 0..<level.count, grain: 1) { range, _ in
                for part in range where level[part].count > 1 { Self.halve(level[part], placed, count) }
            }
            parts = level.flatMap { part in
                guard part.count > 1 else { return [part] }
                let middle = (part.lowerBound + part.upperBound) / 2
                return [part.lowerBound..<middle, middle..<part.upperBound]
            }
        }
        let subtrees = parts
        try workers.forEach(in: 0..<subtrees.count, grain: 1) { range, _ in
            for subtree in range { Self.cut(subtrees[subtree], placed, count) }
        }
    }

    private static func cut(_ leaves: Range<Int>, _ sites: SharedBuffer<SIMD4<Double>>, _ count: Int) {
        guard leaves.count > 1 else { return }
        halve(leaves, sites, count)
        let middle = (leaves.lowerBound + leaves.upperBound) / 2
        cut(leaves.lowerBound..<middle, sites, count)
        cut(middle..<leaves.upperBound, sites, count)
    }

    private static func halve(_ leaves: Range<Int>, _ sites: SharedBuffer<SIMD4<Double>>, _ count: Int) {
        guard let base = sites.baseAddress else { return }
        let low = leaves.lowerBound * KDTree.leafSize
        let high = min(count, leaves.upperBound * KDTree.leafSize)
        let middle = (leaves.lowerBound + leaves.upperBound) / 2 * KDTree.leafSize
        var (lowest, highest) = (base[low], base[low])
        for index in low..<high {
            lowest = pointwiseMin(lowest, base[index])
            highest = pointwiseMax(highest, base[index])
        }
        let size = highest - lowest
        let axis = size.z > max(size.x, size.y) ? 2 : size.y > size.x ? 1 : 0
        select(base, low, high - 1, middle, axis)
    }

    /// Afterwards what comes before `middle` is at most, and what comes after at least, what is at it along an axis (Floyd &
    /// Rivest 1975, CACM 18(3), algorithm 489).
    private static func select(
        _ sites: UnsafeMutablePointer<SIMD4<Double>>, _ low: Int, _ high: Int, _ middle: Int, _ axis: Int
    ) {
        let coordinates = UnsafeMutableRawPointer(sites).assumingMemoryBound(to: Double.self) + axis
        var (low, high) = (low, high)
        while low < high {
            if high - low > 600 {
                // Selecting in a sample first puts two good pivots around the middle.
                let n = Double(high - low + 1)
                let i = Double(middle - low + 1)
                let z = Double.log(n)
                let s = 0.5 * Double.exp(2 * z / 3)
                let deviation = 0.5 * (z * s * (n - s) / n).squareRoot() * (i < n / 2 ? -1 : 1)
                select(
                    sites, max(low, Int(Double(middle) - i * s / n + deviation)),
                    min(high, Int(Double(middle) + (n - i) * s / n + deviation)), middle, axis)
            }
            let pivot = coordinates[4 * middle]
            var (i, j) = (low, high)
            swap(sites, low, middle)
            if coordinates[4 * high] > pivot { swap(sites, high, low) }
            while i < j {
                swap(sites, i, j)
                i += 1
                j -= 1
                while coordinates[4 * i] < pivot { i += 1 }
                while coordinates[4 * j] > pivot { j -= 1 }
            }
            if coordinates[4 * low] == pivot {
                swap(sites, low, j)
            } else {
                j += 1
                swap(sites, j, high)
            }
            if j <= middle { low = j + 1 }
            if middle <= j { high = j - 1 }
        }
    }

    @inline(__always)
    private static func swap(_ sites: UnsafeMutablePointer<SIMD4<Double>>, _ i: Int, _ j: Int) {
        (sites[i], sites[j]) = (sites[j], sites[i])
    }
}
