/// Where and why a description cannot be read.
public struct DescriptionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1; nil where something is missing altogether.
    public let line: Int?
    /// What is wrong.
    public let message: String

    public var description: String { line.map { "line \($0): \(message)" } ?? message }
}

/// A text of `[sections]`, each holding either `key = value` lines or a table: a line of column names and a line a row,
/// cells separated by `|`. Empty lines and lines that start with `#` do not count.
struct SectionedText {
    struct Cell {
        let text: String
        let line: Int
    }

    /// One row of a table, or the settings of a section: cells by name.
    struct Record {
        let line: Int
        var cells: [String: Cell] = [:]
    }

    struct Section {
        let name: String
        let line: Int
        fileprivate(set) var lines: [Cell] = []
    }

    private(set) var sections: [Section] = []

    init(_ text: String) throws(DescriptionError) {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, rawLine) in lines.enumerated() {
            let line = rawLine.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            let number = index + 1
            if line.hasPrefix("[") {
                guard line.hasSuffix("]") else {
                    throw DescriptionError(line: number, message: "a section name ends with ]")
                }
                let name = line.dropFirst().dropLast().trimmed
                if sections.contains(where: { $0.name == name }) {
                    throw DescriptionError(line: number, message: "section [\(name)] appears twice")
                }
                sections.append(Section(name: name, line: number))
            } else if sections.isEmpty {
                throw DescriptionError(line: number, message: "text before the first [section]")
            } else {
                sections[sections.count - 1].lines.append(Cell(text: line, line: number))
            }
        }
    }

    func section(_ name: String) throws(DescriptionError) -> Section {
        guard let section = sections.first(where: { $0.name == name }) else {
            throw DescriptionError(line: nil, message: "section [\(name)] is missing")
        }
        return section
    }
}

extension SectionedText.Section {
    /// `key = value` lines, in order.
    func pairs() throws(DescriptionError) -> [(key: String, value: SectionedText.Cell)] {
        var pairs: [(key: String, value: SectionedText.Cell)] = []
        for line in lines {
            guard let equals = line.text.firstIndex(of: "=") else {
                throw DescriptionError(line: line.line, message: "[\(name)] wants lines of the form key = value")
            }
            let key = line.text[..<equals].trimmed
            if pairs.contains(where: { $0.key == key }) {
                throw DescriptionError(line: line.line, message: "\(key) appears twice in [\(name)]")
            }
            pairs.append(
                (key, SectionedText.Cell(text: line.text[line.text.index(after: equals)...].trimmed, line: line.line)))
        }
        return pairs
    }

    /// `key = value` lines with exactly these keys.
    func settings(_ keys: [String]) throws(DescriptionError) -> SectionedText.Record {
        var record = SectionedText.Record(line: line)
        for (key, value) in try pairs() {
            guard keys.contains(key) else {
                throw DescriptionError(
                    line: value.line,
                    message: "[\(name)] does not know \(key); it knows \(keys.joined(separator: ", "))")
            }
            record.cells[key] = value
        }
        for key in keys where record.cells[key] == nil {
            throw DescriptionError(line: line, message: "[\(name)] needs \(key)")
        }
        return record
    }

    /// The rows of a table with exactly these columns, in any order.
    func rows(_ columns: [String]) throws(DescriptionError) -> [SectionedText.Record] {
        guard let header = lines.first else {
            throw DescriptionError(line: line, message: "[\(name)] needs a line of column names")
        }
        let names = header.text.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmed }
        guard names.sorted() == columns.sorted() else {
            throw DescriptionError(
                line: header.line, message: "[\(name)] has the columns \(columns.joined(separator: " | "))")
        }
        var records: [SectionedText.Record] = []
        for line in lines.dropFirst() {
            let cells = line.text.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmed }
            guard cells.count == names.count else {
                throw DescriptionError(
                    line: line.line, message: "\(cells.count) cells where [\(name)] has \(names.count) columns")
            }
            var record = SectionedText.Record(line: line.line)
            for (column, cell) in zip(names, cells) {
                record.cells[column] = SectionedText.Cell(text: cell, line: line.line)
            }
            records.append(record)
        }
        return records
    }
}

extension SectionedText.Record {
    func text(_ key: String) throws(DescriptionError) -> String {
        guard let cell = cells[key], !cell.text.isEmpty else { throw error(key, "is empty") }
        return cell.text
    }

    /// A text that becomes part of a CSV field as it is.
    func plainText(_ key: String) throws(DescriptionError) -> String {
        let text = try text(key)
        guard !text.contains(","), !text.contains("\"") else { throw error(key, "holds a comma or a quote") }
        return text
    }

    func number(_ key: String, in range: ClosedRange<Double>) throws(DescriptionError) -> Double {
        let text = try text(key)
        guard let value = Double(text), value.isFinite else { throw error(key, "'\(text)' is not a number") }
        guard range.contains(value) else {
            throw error(key, "\(text) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    func whole(_ key: String, in range: ClosedRange<Int>) throws(DescriptionError) -> Int {
        let text = try text(key)
        guard let value = Int(text) else { throw error(key, "'\(text)' is not a whole number") }
        guard range.contains(value) else {
            throw error(key, "\(text) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    func share(_ key: String) throws(DescriptionError) -> Double { try number(key, in: 0...1) }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _: Choice.Type
    ) throws(DescriptionError) -> Choice where Choice.RawValue == String {
        let text = try text(key)
        guard let choice = Choice(rawValue: text) else {
            throw error(key, "'\(text)' is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func error(_ key: String, _ problem: String) -> DescriptionError {
        DescriptionError(line: cells[key]?.line ?? line, message: "\(key): \(problem)")
    }
}

extension Substring {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

extension String {
    fileprivate var trimmed: String { self[...].trimmed }
}
