import FirmModel

/// The accepted rows of one block, as columns.
struct RowBatch: Sendable {
    /// The worker whose tables the numbers in `industry` and `place` refer to.
    let worker: Int
    let file: Int
    var x: [Double] = []
    var y: [Double] = []
    var industry: [Int32] = []
    var employment: [Double] = []
    var place: [Int32] = []
    var line: [UInt32] = []
    var identifier = TextRun()
    var name = TextRun()
    var kept: [TextRun]

    var rejections: Rejections
    var rowsRead = 0
    var rowsFilteredOut = 0
    /// Rows out of range that would be within it with longitude and latitude exchanged.
    var mendedBySwapping = 0

    init(worker: Int, file: Int, keptColumns: Int, keepsRejectedRows: Bool) {
        self.worker = worker
        self.file = file
        kept = Array(repeating: TextRun(), count: keptColumns)
        rejections = Rejections(keepsAll: keepsRejectedRows)
    }

    var count: Int { line.count }

    /// Takes rows out; `rows` ascend.
    mutating func remove(_ rows: [Int]) {
        var isKept = [Bool](repeating: true, count: count)
        for row in rows { isKept[row] = false }
        func filtered<Element>(_ column: [Element]) -> [Element] {
            column.isEmpty ? [] : zip(column, isKept).compactMap { $1 ? $0 : nil }
        }
        x = filtered(x)
        y = filtered(y)
        industry = filtered(industry)
        employment = filtered(employment)
        place = filtered(place)
        line = filtered(line)
        identifier = identifier.filtered(isKept)
        name = name.filtered(isKept)
        kept = kept.map { $0.filtered(isKept) }
    }
}

/// Texts of a block, one after the other.
struct TextRun: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt64] = []

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(UInt64(bytes.count))
    }

    func text(_ row: Int) -> ArraySlice<UInt8> { bytes[(row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])] }

    func filtered(_ isKept: [Bool]) -> TextRun {
        var result = TextRun()
        for row in ends.indices where isKept[row] { text(row).withUnsafeBufferPointer { result.append($0) } }
        return result
    }
}
