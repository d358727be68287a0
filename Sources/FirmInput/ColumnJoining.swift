import FirmModel
import ParallelWork

/// Puts the columns of blocks together, letting go of each block's part as it is copied.
enum ColumnJoining {
    typealias Part<Value> = WritableKeyPath<RowBatch, Value>

    static func joined<Element: Sendable & BitwiseCopyable>(
        _ batches: inout [RowBatch], _ column: Part<[Element]>, workers: Workers
    ) throws -> [Element] {
        try transformed(&batches, column, workers: workers) { element, _ in element }
    }

    /// A column of numbers that refer to the tables of the workers, as categories of the whole register.
    static func joinedCategories(
        _ batches: inout [RowBatch], _ column: Part<[Int32]>, tables: [ByteInterner], workers: Workers,
        _ category: (String) -> String
    ) throws -> CategoryColumn {
        let texts = tables.map { table in
            (0..<table.count).map { category(String(decoding: table.text($0), as: UTF8.self)) }
        }
        var isUsed = texts.map { [Bool](repeating: false, count: $0.count) }
        for batch in batches {
            for number in batch[keyPath: column] where number >= 0 { isUsed[batch.worker][Int(number)] = true }
        }
        var distinct: Set<String> = []
        for (table, used) in zip(texts, isUsed) {
            for (text, isUsed) in zip(table, used) where isUsed { distinct.insert(text) }
        }
        let categories = distinct.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var rank: [String: Int32] = [:]
        for (index, text) in categories.enumerated() { rank[text] = Int32(index) }
        let ranks = texts.map { $0.map { rank[$0] ?? CategoryColumn.missing } }
        let indices = try transformed(&batches, column, workers: workers) { number, worker in
            number < 0 ? CategoryColumn.missing : ranks[worker][Int(number)]
        }
        return CategoryColumn(categories: categories, indices: indices)
    }

    static func joinedTexts(_ batches: inout [RowBatch], _ column: Part<TextRun>) -> TextColumn {
        var bytes: [UInt8] = []
        var ends: [UInt64] = []
        bytes.reserveCapacity(batches.reduce(0) { $0 + $1[keyPath: column].bytes.count })
        ends.reserveCapacity(batches.reduce(0) { $0 + $1[keyPath: column].ends.count })
        for index in batches.indices {
            let part = batches[index][keyPath: column]
            let base = UInt64(bytes.count)
            bytes.append(contentsOf: part.bytes)
            ends.append(contentsOf: part.ends.lazy.map { $0 + base })
            batches[index][keyPath: column] = TextRun()
        }
        return TextColumn(bytes: bytes, ends: ends)
    }

    private static func transformed<Element: Sendable & BitwiseCopyable>(
        _ batches: inout [RowBatch], _ column: Part<[Element]>, workers: Workers,
        _ transform: @Sendable (Element, _ worker: Int) -> Element
    ) throws -> [Element] {
        let parts = batches.map { (values: $0[keyPath: column], worker: $0.worker) }
        for index in batches.indices { batches[index][keyPath: column] = [] }
        var starts = [0]
        for part in parts { starts.append(starts[starts.count - 1] + part.values.count) }
        let (offsets, total) = (starts, starts[parts.count])
        return try [Element](unsafeUninitializedCapacity: total) { buffer, count in
            nonisolated(unsafe) let target = buffer
            try workers.forEach(in: 0..<parts.count, grain: 1) { range, _ in
                for index in range {
                    let (values, worker) = parts[index]
                    for row in values.indices {
                        target.initializeElement(at: offsets[index] + row, to: transform(values[row], worker))
                    }
                }
            }
            count = total
        }
    }
}
