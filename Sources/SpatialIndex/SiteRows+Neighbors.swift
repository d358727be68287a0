import CDistanceKernels

extension SiteRows {
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
}
