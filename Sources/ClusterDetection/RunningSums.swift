import ParallelWork

extension SharedBuffer where Element: FixedWidthInteger & Sendable {
    /// Replaces element i by the sum of the elements 0...i.
    ///
    /// Each worker sums parts of its own, which are then raised by the sum of all parts before.
    func accumulate(count: Int, workers: Workers) throws {
        let length = 1 << 16
        let parts = (count + length - 1) / length
        try workers.forEach(in: 0..<count, grain: length) { range, _ in
            var sum: Element = 0
            for i in range {
                sum &+= self[i]
                self[i] = sum
            }
        }
        var before = [Element](repeating: 0, count: parts)
        for part in 1..<max(1, parts) { before[part] = before[part - 1] + self[part * length - 1] }
        let raise = before
        try workers.forEach(in: 0..<count, grain: length) { range, _ in
            let raise = raise[range.lowerBound / length]
            guard raise != 0 else { return }
            for i in range { self[i] &+= raise }
        }
    }
}
