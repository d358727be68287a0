import FirmModel
import ParallelWork

/// Puts the columns of blocks together, letting go of each block's part as soon as it is copied.
enum ColumnJoining {
    /// A column of numbers that refer to the tables of the workers, as categories of the whole register.
    static func joinedCategories(
        _ batches: inout [RowBatch], _ part: WritableKeyPath<RowBatch, ColumnPart<Int32>>,
        of column: FillingColumn<Int32>, tables: [ByteInterner], workers: Workers, _ category: (String) -> String
    ) throws -> CategoryColumn {
        let texts = tables.map { table in
            (0..<table.count).map { category(String(decoding: table.text($0), as: UTF8.self)) }
        }
        let parts = batches.map { (numbers: $0[keyPath: part], worker: $0.worker) }
        // Texts of rows that were left out later are no categories.
        let usedTexts = Guarded(texts.map { [Bool](repeating: false, count: $0.count) })
        let share = parts.count / (4 * workers.count) + 1
        try workers.forEach(in: 0..<parts.count, grain: share) { range, _ in
            var isUsed = tables.map { [Bool](repeating: false, count: $0.count) }
            for (numbers, worker) in parts[range] {
                isUsed[worker].withUnsafeMutableBufferPointer { isUsed in
                    for number in numbers.values where number >= 0 { isUsed[Int(number)] = true }
                }
            }
            usedTexts.withLock { used in
                for worker in isUsed.indices {
                    for (number, isUsed) in isUsed[worker].enumerated() where isUsed { used[worker][number] = true }
                }
            }
        }
        let isUsed = usedTexts.withLock { $0 }
        var distinct: Set<String> = []
        for (table, used) in zip(texts, isUsed) {
            for (text, isUsed) in zip(table, used) where isUsed { distinct.insert(text) }
        }
        let categories = distinct.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var rank: [String: Int32] = [:]
        for (index, text) in categories.enumerated() { rank[text] = Int32(index) }
        let ranks = texts.map { $0.map { rank[$0] ?? CategoryColumn.missing } }
        try workers.forEach(in: 0..<parts.count, grain: 1) { range, _ in
            for (numbers, worker) in parts[range] {
                ranks[worker].withUnsafeBufferPointer { ranks in
                    for row in 0..<numbers.count where numbers[row] >= 0 { numbers[row] = ranks[Int(numbers[row])] }
                }
            }
        }
        return CategoryColumn(categories: categories, indices: column.joined(&batches, part))
    }

    static func joinedTexts(_ batches: inout [RowBatch], _ column: WritableKeyPath<RowBatch, TextRun>) -> TextColumn {
        var texts = TextColumn()
        texts.reserveCapacity(
            rows: batches.reduce(0) { $0 + $1[keyPath: column].ends.count },
            bytes: batches.reduce(0) { $0 + $1[keyPath: column].bytes.count })
        for index in batches.indices {
            let part = batches[index][keyPath: column]
            texts.append(run: part.bytes, ends: part.ends)
            batches[index][keyPath: column] = TextRun()
        }
        return texts
    }

    static func joinedLines(_ batches: inout [RowBatch]) -> LineNumbers {
        var lines = LineNumbers()
        for index in batches.indices {
            lines.append(contentsOf: batches[index].line)
            batches[index].line = LineNumbers()
        }
        return lines
    }
}
