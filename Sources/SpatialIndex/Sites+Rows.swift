public import ParallelWork

extension Sites {
    /// For each row of the register the number that its site has: labels of sites become labels of firms.
    ///
    /// - Complexity: O(n); memory for 8 bytes a firm beside the result, 12 where sites have several firms.
    /// - Throws: `WorkCancelled`.
    public func byRow(ofSites numbers: [Int32], workers: Workers = Workers()) throws -> [Int32] {
        precondition(numbers.count == count, "\(numbers.count) numbers, \(count) sites")
        guard firmCount > count else { return try byRow(ofFirms: numbers, workers: workers) }
        let ofFirms = try [Int32](count: firmCount) { ofFirms in
            try workers.forEach(in: 0..<count, grain: 1 << 15) { range, _ in
                for site in range {
                    for firm in firmStarts[site]..<firmStarts[site + 1] { ofFirms[Int(firm)] = numbers[site] }
                }
            }
        }
        return try byRow(ofFirms: ofFirms, workers: workers)
    }

    /// For each row of the register the number that its firm has in canonical order.
    ///
    /// Rows lie in no order that canonical positions know of, so a number written straight to its row would wait for
    /// memory each time. Numbers first go to shares of neighboring rows, which are written one after the other, and from
    /// there to rows that are all in the cache.
    ///
    /// - Complexity: O(n); memory for 8 bytes a firm beside the result.
    /// - Throws: `WorkCancelled`.
    public func byRow(ofFirms numbers: [Int32], workers: Workers = Workers()) throws -> [Int32] {
        let count = firmCount
        precondition(numbers.count == count, "\(numbers.count) numbers, \(count) firms")
        return try firmRows.withUnsafeBufferPointer { rows in
            try numbers.withUnsafeBufferPointer { numbers in
                let (rows, numbers) = (SharedColumn(rows), SharedColumn(numbers))
                return try [Int32](count: count) { byRow in
                    let shift = 16
                    let shares = (count + (1 << shift) - 1) >> shift
                    let workers = shares < 8 ? workers.single : workers
                    let parts = workers.count == 1 ? 1 : 4 * workers.count
                    let length = (count + parts - 1) / parts
                    let span: @Sendable (Int) -> Range<Int> = {
                        min(count, $0 * length)..<min(count, ($0 + 1) * length)
                    }
                    let table = ShareTable(parts: parts, shares: shares)
                    let moved = Column<UInt64>(count: count)
                    defer { withExtendedLifetime(moved) {} }
                    let records = moved.shared
                    try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
                        for part in range {
                            let counts = table.cleared(part)
                            for firm in span(part) { counts[Int(rows[firm]) >> shift] &+= 1 }
                        }
                    }
                    let bounds = table.turnCountsIntoPlaces()
                    try workers.forEach(in: 0..<parts, grain: 1) { range, _ in
                        for part in range {
                            let places = table.part(part)
                            for firm in span(part) {
                                let (row, number) = (rows[firm], numbers[firm])
                                let share = Int(row) >> shift
                                records[Int(places[share])] =
                                    UInt64(UInt32(bitPattern: row)) << 32 | UInt64(UInt32(bitPattern: number))
                                places[share] &+= 1
                            }
                        }
                    }
                    try workers.forEach(in: 0..<shares, grain: 1) { range, _ in
                        for share in range {
                            for index in bounds[share]..<bounds[share + 1] {
                                let record = records[index]
                                byRow[Int(record >> 32)] = Int32(truncatingIfNeeded: record)
                            }
                        }
                    }
                }
            }
        }
    }
}
