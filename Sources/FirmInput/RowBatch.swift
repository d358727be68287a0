import FirmModel

/// The accepted rows of one block, as columns.
struct RowBatch: Sendable {
    /// The worker whose tables the numbers in `industry`, `place`, `stratum` and `region` refer to.
    let worker: Int
    let file: Int
    var x = ColumnPart<Double>()
    var y = ColumnPart<Double>()
    var industry = ColumnPart<Int32>()
    var employment = ColumnPart<Double>()
    var place = ColumnPart<Int32>()
    var stratum = ColumnPart<Int32>()
    var region = ColumnPart<Int32>()
    var line = LineNumbers()
    var identifier = TextRun()
    /// Whether each identifier that is not empty comes after the one before it; ``IdentifierOrder``.
    var identifiersAscend = true
    var name = TextRun()
    var kept: [TextRun] = []

    var rejections: Rejections
    var rowsRead = 0
    var rowsFilteredOut = 0
    /// Rows out of range that would be within it with longitude and latitude exchanged.
    var mendedBySwapping = 0

    init(worker: Int, file: Int, keepsRejectedRows: Bool) {
        self.worker = worker
        self.file = file
        rejections = Rejections(keepsAll: keepsRejectedRows)
    }

    var count: Int { line.count }

    /// Takes rows out; `rows` ascend.
    mutating func remove(_ rows: [Int]) {
        var isKept = [Bool](repeating: true, count: count)
        for row in rows { isKept[row] = false }
        x.remove(isKept)
        y.remove(isKept)
        industry.remove(isKept)
        employment.remove(isKept)
        place.remove(isKept)
        stratum.remove(isKept)
        region.remove(isKept)
        line = LineNumbers(zip(line, isKept).lazy.filter(\.1).map(\.0))
        identifier = identifier.filtered(isKept)
        name = name.filtered(isKept)
        kept = kept.map { $0.filtered(isKept) }
    }
}

/// Texts of a block, one after the other.
struct TextRun: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []

    init() {}

    /// - Parameter ends: where each text ends in `bytes`.
    init(bytes: [UInt8], ends: [UInt32]) {
        self.bytes = bytes
        self.ends = ends
    }

    func text(_ row: Int) -> ArraySlice<UInt8> { bytes[(row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])] }

    func filtered(_ isKept: [Bool]) -> TextRun {
        var result = TextRun()
        for row in ends.indices where isKept[row] {
            result.bytes.append(contentsOf: text(row))
            result.ends.append(UInt32(result.bytes.count))
        }
        return result
    }
}
