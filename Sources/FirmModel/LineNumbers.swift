/// The line on which the record of each firm starts, counted from 1.
///
/// Records mostly follow one another line by line, so only the places where they do not are kept: 8 bytes for each of
/// them, and next to nothing for most registers.
///
/// - Complexity: looking up a line is logarithmic in the number of those places.
public struct LineNumbers: Sendable, Equatable {
    /// Rows from which on lines follow one another, ascending, and the line of each.
    private var firstRows: [UInt32] = []
    private var firstLines: [UInt32] = []
    /// The number of rows.
    public private(set) var count = 0

    /// No rows.
    public init() {}

    /// The lines of rows one after the other.
    public init(_ lines: some Sequence<UInt32>) {
        for line in lines { append(line) }
    }

    /// Appends the line of one more row.
    public mutating func append(_ line: UInt32) { append(line..<line + 1) }

    /// Appends a line for each of as many rows.
    public mutating func append(_ lines: Range<UInt32>) {
        guard !lines.isEmpty else { return }
        let continues = firstLines.last.map {
            lines.lowerBound &- $0 == UInt32(count) - firstRows[firstRows.count - 1]
        }
        if continues != true {
            firstRows.append(UInt32(count))
            firstLines.append(lines.lowerBound)
        }
        count += lines.count
    }

    /// Appends the lines of the rows of another column.
    public mutating func append(contentsOf other: LineNumbers) {
        for run in other.firstRows.indices {
            let end = run + 1 < other.firstRows.count ? other.firstRows[run + 1] : UInt32(other.count)
            append(other.firstLines[run]..<other.firstLines[run] + (end - other.firstRows[run]))
        }
    }
}

extension LineNumbers: RandomAccessCollection, ExpressibleByArrayLiteral {
    public init(arrayLiteral lines: UInt32...) { self.init(lines) }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    /// The line of a row.
    public subscript(row: Int) -> UInt32 {
        precondition(row >= 0 && row < count, "row \(row) of \(count)")
        var (low, high) = (0, firstRows.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstRows[middle] <= row { low = middle } else { high = middle }
        }
        return firstLines[low] + (UInt32(row) - firstRows[low])
    }
}
