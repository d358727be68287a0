import ParallelWork

/// Rows of a register in canonical order: by x, then y, then industry, then employment (missing last), then row.
///
/// Rows that agree in all four values are alike in everything that is measured, so falling back on the row number decides
/// nothing.
///
/// A radix sort over x in steps of 2⁻³² of its extent brings rows to within a handful of their place; full comparisons
/// settle the rest. Firms on one address always meet there.
func canonicalOrder(
    x: [Double], y: [Double], industry: [Int32], employment: [Double]?, workers: Workers
) throws -> [Int32] {
    let count = x.count
    guard let (low, high) = extremes(of: x) else { return [] }
    let steps = high > low ? 4_294_967_295 / (high - low) : 0

    // A record is the quantized x above the row number: sorting records sorts rows.
    let records = try [UInt64](count: count) { records in
        try workers.forEach(in: 0..<count, grain: 1 << 16) { rows, _ in
            for row in rows {
                let quantized = UInt64(min(4_294_967_295, (x[row] - low) * steps))
                records[row] = quantized << 32 | UInt64(row)
            }
        }
    }
    return try RadixSort.byUpperHalf(records, workers: workers) { first, second in
        let (a, b) = (Int(first & 0xFFFF_FFFF), Int(second & 0xFFFF_FFFF))
        if x[a] != x[b] { return x[a] < x[b] }
        if y[a] != y[b] { return y[a] < y[b] }
        if industry[a] != industry[b] { return industry[a] < industry[b] }
        if let employment {
            let (left, right) = (employment[a], employment[b])
            if left.isNaN != right.isNaN { return right.isNaN }
            if left < right || right < left { return left < right }
        }
        return a < b
    }
}

private func extremes(of values: [Double]) -> (low: Double, high: Double)? {
    guard var low = values.first else { return nil }
    var high = low
    values.withUnsafeBufferPointer { values in
        for value in values {
            low = min(low, value)
            high = max(high, value)
        }
    }
    return (low, high)
}

/// Sorting of 64-bit records that carry a 32-bit key above a 32-bit number.
enum RadixSort {
    private static let topBits = 11
    private static let buckets = 1 << topBits

    /// The lower halves of `records` in ascending order of their upper halves.
    ///
    /// - Parameter isBefore: the order of records with equal upper halves.
    /// - Complexity: O(n), two parallel passes over memory and sorting within cache-sized buckets.
    static func byUpperHalf(
        _ records: [UInt64], workers: Workers, isBefore: @Sendable (UInt64, UInt64) -> Bool
    ) throws -> [Int32] {
        let count = records.count
        // Few enough parts that the table of counts stays small, enough that workers stay busy.
        let partLength = max(1 << 15, (count + 4 * workers.count - 1) / (4 * workers.count))
        let parts = (count + partLength - 1) / partLength

        // starts[part × buckets + bucket]: first the counts, then where each part's share of a bucket goes.
        var starts = try [Int](count: parts * buckets) { counts in
            try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
                for part in range {
                    for bucket in 0..<buckets { counts[part * buckets + bucket] = 0 }
                    for i in part * partLength..<min(count, (part + 1) * partLength) {
                        counts[part * buckets + Int(records[i] >> (64 - UInt64(topBits)))] += 1
                    }
                }
            }
        }
        var bucketStarts = [Int](repeating: 0, count: buckets + 1)
        var total = 0
        for bucket in 0..<buckets {
            bucketStarts[bucket] = total
            for part in 0..<parts {
                let share = starts[part * buckets + bucket]
                starts[part * buckets + bucket] = total
                total += share
            }
        }
        bucketStarts[buckets] = total
        let bounds = bucketStarts

        var scattered = try [UInt64](count: count) { scattered in
            try starts.withUnsafeMutableBufferPointer { starts in
                let next = SharedBuffer(starts)
                try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
                    for part in range {
                        for i in part * partLength..<min(count, (part + 1) * partLength) {
                            let slot = part * buckets + Int(records[i] >> (64 - UInt64(topBits)))
                            scattered[next[slot]] = records[i]
                            next[slot] += 1
                        }
                    }
                }
            }
        }

        return try [Int32](count: count) { order in
            try scattered.withUnsafeMutableBufferPointer { scattered in
                let records = SharedBuffer(scattered)
                try workers.forEach(in: 0..<buckets, grain: 8) { range, _ in
                    var spare: [UInt64] = []
                    for bucket in range where bounds[bucket] < bounds[bucket + 1] {
                        let span = bounds[bucket]..<bounds[bucket + 1]
                        let part = UnsafeMutableBufferPointer(
                            start: records.baseAddress.unsafelyUnwrapped + span.lowerBound, count: span.count)
                        sortWithinBucket(part, spare: &spare)
                        settleTies(part, isBefore)
                        for i in 0..<part.count { order[span.lowerBound + i] = Int32(part[i] & 0xFFFF_FFFF) }
                    }
                }
            }
        }
    }

    /// Least-significant-digit radix sort on the 21 bits of the key that the bucket does not fix.
    private static func sortWithinBucket(_ part: UnsafeMutableBufferPointer<UInt64>, spare: inout [UInt64]) {
        guard part.count > 64 else {
            insertionSort(part)
            return
        }
        if spare.count < part.count { spare = [UInt64](repeating: 0, count: part.count) }
        spare.withUnsafeMutableBufferPointer { spare in
            let spare = UnsafeMutableBufferPointer(rebasing: spare[..<part.count])
            distribute(part, into: spare, shift: 32, bits: 11)
            distribute(spare, into: part, shift: 43, bits: 10)
        }
    }

    private static func distribute(
        _ source: UnsafeMutableBufferPointer<UInt64>, into target: UnsafeMutableBufferPointer<UInt64>, shift: UInt64,
        bits: Int
    ) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { next in
            next.initialize(repeating: 0)
            let mask = UInt64(1 << bits - 1)
            for record in source { next[Int(record >> shift & mask)] += 1 }
            var total: Int32 = 0
            for digit in 0..<next.count {
                let share = next[digit]
                next[digit] = total
                total += share
            }
            for record in source {
                let digit = Int(record >> shift & mask)
                target[Int(next[digit])] = record
                next[digit] += 1
            }
        }
    }

    @inline(__always)
    private static func insertionSort(
        _ part: UnsafeMutableBufferPointer<UInt64>, by isBefore: (UInt64, UInt64) -> Bool = { $0 < $1 }
    ) {
        guard part.count > 1 else { return }
        for i in 1..<part.count {
            let record = part[i]
            var hole = i
            while hole > 0, isBefore(record, part[hole - 1]) {
                part[hole] = part[hole - 1]
                hole -= 1
            }
            part[hole] = record
        }
    }

    private static func settleTies(
        _ part: UnsafeMutableBufferPointer<UInt64>, _ isBefore: (UInt64, UInt64) -> Bool
    ) {
        var start = 0
        while start < part.count {
            var end = start + 1
            while end < part.count, part[end] >> 32 == part[start] >> 32 { end += 1 }
            if end - start > 1 {
                var ties = UnsafeMutableBufferPointer(rebasing: part[start..<end])
                // Coordinates are rounded, so that most firms tie with a few: too few for a general sort.
                if ties.count <= 32 { insertionSort(ties, by: isBefore) } else { ties.sort(by: isBefore) }
            }
            start = end
        }
    }
}
