import CDistanceKernels

/// A site within reach of another: its position and squared distance in the units of ``Metric/limit(for:)``.
public struct NeighborHit: Sendable, BitwiseCopyable {
    /// Its position in the rows that were searched.
    public var position: Int32
    /// How far it is, squared.
    public var squaredDistance: Double
}

extension SiteRows {
    /// The weight of the sites in `runs` within reach of the site at `position` of `origin`, itself included when it is
    /// in them; once the weight has reached `enough`, the rest is not looked at.
    @inline(__always)
    func weight(
        of origin: SiteRows, _ position: Int, in runs: UnsafeBufferPointer<SiteRun>, limit: Double, enough: Double
    ) -> Double {
        var total = 0.0
        for run in runs {
            let (start, length) = (Int(run.start), run.count)
            let missing = enough - total
            if let weights {
                if let third, let originThird = origin.third {
                    total += weight_within_space(
                        origin.first[position], origin.second[position], originThird[position], first + start,
                        second + start, third + start, weights + start, length, limit, missing)
                } else {
                    total += weight_within_planar(
                        origin.first[position], origin.second[position], first + start, second + start, weights + start,
                        length, limit, missing)
                }
            } else {
                let needed = missing < 1e18 ? Int(missing.rounded(.up)) : Int.max
                if let third, let originThird = origin.third {
                    total += Double(
                        count_within_space(
                            origin.first[position], origin.second[position], originThird[position], first + start,
                            second + start, third + start, length, limit, needed))
                } else {
                    total += Double(
                        count_within_planar(
                            origin.first[position], origin.second[position], first + start, second + start, length,
                            limit, needed))
                }
            }
            if total >= enough { return total }
        }
        return total
    }

    /// Whether any site of `run` is within reach of the site at `position` of `origin`.
    @inline(__always)
    func hasAny(of origin: SiteRows, _ position: Int, in run: Range<Int>, limit: Double) -> Bool {
        let (start, length) = (run.lowerBound, run.count)
        if let third, let originThird = origin.third {
            return any_within_space(
                origin.first[position], origin.second[position], originThird[position], first + start, second + start,
                third + start, length, limit)
        }
        return any_within_planar(
            origin.first[position], origin.second[position], first + start, second + start, length, limit)
    }

    /// Writes the sites of `runs` within reach of the site at `position` of `origin` to `hits`, in the order of the runs.
    public func collect(
        near position: Int, of origin: SiteRows, in runs: UnsafeBufferPointer<SiteRun>, limit: Double,
        into hits: inout [NeighborHit], scratch: inout [UInt32]
    ) {
        hits.removeAll(keepingCapacity: true)
        for run in runs {
            let (start, length) = (Int(run.start), run.count)
            if scratch.count < length { scratch = [UInt32](repeating: 0, count: max(length, 2 * scratch.count)) }
            let count =
                if let third, let originThird = origin.third {
                    collect_within_space(
                        origin.first[position], origin.second[position], originThird[position], first + start,
                        second + start, third + start, length, limit, &scratch)
                } else {
                    collect_within_planar(
                        origin.first[position], origin.second[position], first + start, second + start, length, limit,
                        &scratch)
                }
            for k in 0..<count {
                let found = start + Int(scratch[k])
                hits.append(
                    NeighborHit(
                        position: Int32(found), squaredDistance: squaredDistance(found, to: position, of: origin)))
            }
        }
    }

    /// The squared distance between two sites, exactly as the kernels compute it.
    @inline(__always)
    func squaredDistance(_ position: Int, to other: Int, of origin: SiteRows) -> Double {
        let dx = first[position] - origin.first[other]
        let dy = second[position] - origin.second[other]
        guard let third, let originThird = origin.third else { return dx * dx + dy * dy }
        let dz = third[position] - originThird[other]
        return (dx * dx + dy * dy) + dz * dz
    }
}
