import ParallelWork

/// Finds rows whose identifier an earlier row has.
enum DuplicateIdentifiers {
    /// The rows of all batches, counted through from 0, that repeat an identifier, ascending. Empty ones repeat nothing.
    ///
    /// Where identifiers ascend, as they do in most registers, none can repeat and that is all. Else rows are dealt by hash
    /// to 256 shares, which are worked on in parallel, each in the order of its rows; equal hashes are confirmed on the
    /// text. Memory while it runs: 8 bytes a row for hashes, 4 for the shares, and small tables.
    static func find(_ batches: [RowBatch], workers: Workers) throws -> [Int] {
        let starts = batches.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        let total = starts[batches.count]
        guard total > 1, total <= Int(UInt32.max), !IdentifierOrder.isAscending(batches) else { return [] }
        let shareCount = 256

        var hashes = [UInt64](repeating: 0, count: total)
        var order = [UInt32](repeating: 0, count: total)
        var bounds = [Int](repeating: 0, count: shareCount + 1)
        try hashes.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let buffer = buffer
            try workers.forEach(in: 0..<batches.count, grain: 1) { range, _ in
                for index in range {
                    let run = batches[index].identifier
                    run.bytes.withUnsafeBufferPointer { bytes in
                        var start = 0
                        for (row, end) in run.ends.enumerated() {
                            let text = UnsafeBufferPointer(rebasing: bytes[start..<Int(end)])
                            buffer[starts[index] + row] = ByteHash.hash(text)
                            start = Int(end)
                        }
                    }
                }
            }
        }
        for hash in hashes { bounds[Int(hash >> 56) + 1] += 1 }
        for share in 0..<shareCount { bounds[share + 1] += bounds[share] }
        var next = bounds
        for (row, hash) in hashes.enumerated() {
            let share = Int(hash >> 56)
            order[next[share]] = UInt32(row)
            next[share] += 1
        }

        func text(_ row: Int) -> ArraySlice<UInt8> {
            var (low, high) = (0, batches.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if starts[middle] <= row { low = middle } else { high = middle }
            }
            return batches[low].identifier.text(row - starts[low])
        }
        var found = [[Int]](repeating: [], count: shareCount)
        let (rows, edges, keys) = (order, bounds, hashes)
        try found.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let buffer = buffer
            nonisolated(unsafe) let text = text
            try workers.forEach(in: 0..<shareCount, grain: 1) { range, _ in
                for share in range {
                    buffer[share] = duplicates(rows[edges[share]..<edges[share + 1]], hashes: keys, text: text)
                }
            }
        }
        return found.flatMap { $0 }.sorted()
    }

    private static func duplicates(
        _ rows: ArraySlice<UInt32>, hashes: [UInt64], text: (Int) -> ArraySlice<UInt8>
    ) -> [Int] {
        var size = 16
        while size < rows.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: .max, count: size)
        var found: [Int] = []
        rowLoop: for row in rows {
            let hash = hashes[Int(row)]
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] != .max {
                let earlier = Int(slots[slot])
                if hashes[earlier] == hash {
                    let own = text(Int(row))
                    if own.elementsEqual(text(earlier)) {
                        if !own.isEmpty { found.append(Int(row)) }
                        continue rowLoop
                    }
                }
                slot = (slot + 1) & (size - 1)
            }
            slots[slot] = row
        }
        return found
    }
}
