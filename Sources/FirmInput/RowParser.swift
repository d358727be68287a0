import DelimitedText
import FirmModel
import IndustryClassifications

/// Turns the records of blocks into columns. Each worker has its own, with its own tables of distinct texts.
final class RowParser {
    private let choice: ColumnChoice
    private let placement: Placement
    private let worker: Int
    private let keepsRejectedRows: Bool
    private let bands: [String: Double]

    /// The distinct industry texts and place names of this worker's rows.
    private(set) var industries = ByteInterner()
    private(set) var places = ByteInterner()
    /// For each number of `industries`, whether the text is no code at all.
    private var isNoCode: [Bool] = []
    /// What texts in employment columns mean, by their number; NaN where they say nothing.
    private var bandTexts = ByteInterner()
    private var bandValues: [Double] = []

    init(
        _ choice: ColumnChoice, _ placement: Placement, worker: Int, keepsRejectedRows: Bool, bands: [String: Double]
    ) {
        self.choice = choice
        self.placement = placement
        self.worker = worker
        self.keepsRejectedRows = keepsRejectedRows
        self.bands = bands
    }

    /// - Throws: as ``Placement/place(_:)`` does.
    func parse(_ cursor: inout RecordCursor) throws -> RowBatch {
        var batch = RowBatch(
            worker: worker, file: cursor.file, keptColumns: choice.kept.count, keepsRejectedRows: keepsRejectedRows)
        while cursor.next() { parseRow(&cursor, into: &batch) }
        try placement.place(&batch)
        return batch
    }

    /// One row. The checks come in the order in which ``RegisterReader`` documents them: a row has one reason.
    private func parseRow(_ cursor: inout RecordCursor, into batch: inout RowBatch) {
        if let reason = structuralFlaw(cursor) {
            batch.rowsRead += 1
            batch.rejections.add(reason, file: batch.file, line: cursor.line, text: cursor.text)
            return
        }
        for filter in choice.filters where !trimmed(cursor.field(filter.column)).elementsEqual(filter.value) {
            batch.rowsFilteredOut += 1
            return
        }
        batch.rowsRead += 1

        guard let place = coordinate(&cursor, &batch) else { return }

        var industry = CategoryColumn.missing
        if let column = choice.industry {
            let text = trimmed(cursor.field(column))
            industry = industries.number(of: text)
            if industry == isNoCode.count {
                isNoCode.append(MissingValue.isMissing(text) || IndustryCode.normalized(string(text)).isEmpty)
            }
            if isNoCode[Int(industry)] { return reject(.missingIndustry, column, &cursor, &batch) }
        }

        var employment = Double.nan
        for column in choice.employment {
            let text = trimmed(cursor.field(column))
            let value = employees(text, decimalComma: cursor.dialect.allowsDecimalComma)
            if value < 0 { return reject(.negativeWeight, column, &cursor, &batch) }
            if !value.isNaN { employment = employment.isNaN ? value : employment + value }
        }

        batch.line.append(UInt32(truncatingIfNeeded: cursor.line))
        if choice.coordinates != nil {
            batch.x.append(place.x)
            batch.y.append(place.y)
        }
        if choice.industry != nil { batch.industry.append(industry) }
        if !choice.employment.isEmpty { batch.employment.append(employment) }
        if let column = choice.place {
            let text = trimmed(cursor.field(column))
            batch.place.append(MissingValue.isMissing(text) ? CategoryColumn.missing : places.number(of: text))
        }
        if let column = choice.identifier {
            let text = trimmed(cursor.field(column))
            batch.identifier.append(MissingValue.isMissing(text) ? UnsafeBufferPointer(rebasing: text[..<0]) : text)
        }
        if let column = choice.name { batch.name.append(trimmed(cursor.field(column))) }
        for (index, column) in choice.kept.enumerated() { batch.kept[index].append(cursor.field(column)) }
    }

    private func structuralFlaw(_ cursor: borrowing RecordCursor) -> RejectionReason? {
        switch cursor.status {
        case .brokenQuoting: .brokenQuoting
        case .fieldTooLarge: .fieldTooLarge
        case .badBytes: .badBytes
        case .sound:
            // Empty fields at the end of a line are no columns: spreadsheets leave them behind.
            cursor.fieldCount < choice.header.count || cursor.filledFieldCount > choice.header.count
                ? .wrongFieldCount : nil
        }
    }

    // MARK: Coordinates

    private func coordinate(_ cursor: inout RecordCursor, _ batch: inout RowBatch) -> Coordinate? {
        let x: Double
        let y: Double
        var faulty: (x: Int, y: Int)
        switch choice.coordinates {
        case nil: return Coordinate(x: 0, y: 0)
        case .location(let column):
            faulty = (column, column)
            let text = trimmed(cursor.field(column))
            if MissingValue.isMissing(text) {
                reject(.missingCoordinate, column, &cursor, &batch)
                return nil
            }
            switch LocationText.parse(text) {
            case .success(let place): (x, y) = place
            case .failure(let failure):
                reject(failure == .empty ? .missingCoordinate : .notANumber, column, &cursor, &batch)
                return nil
            }
        case .pair(let xColumn, let yColumn):
            faulty = (xColumn, yColumn)
            let (xText, yText) = (trimmed(cursor.field(xColumn)), trimmed(cursor.field(yColumn)))
            for (column, text) in [(xColumn, xText), (yColumn, yText)] where MissingValue.isMissing(text) {
                reject(.missingCoordinate, column, &cursor, &batch)
                return nil
            }
            guard let first = number(xText, isQuoted: cursor.isQuoted(xColumn), cursor.dialect) else {
                reject(.notANumber, xColumn, &cursor, &batch)
                return nil
            }
            guard let second = number(yText, isQuoted: cursor.isQuoted(yColumn), cursor.dialect) else {
                reject(.notANumber, yColumn, &cursor, &batch)
                return nil
            }
            (x, y) = (first, second)
        }
        let isReached = placement.reaches(x: x, y: y)
        guard isReached.x, isReached.y else {
            if placement.frame.isGeographic, placement.reaches(x: y, y: x) == (true, true) {
                batch.mendedBySwapping += 1
            }
            reject(.outOfRange, isReached.x ? faulty.y : faulty.x, &cursor, &batch)
            return nil
        }
        if placement.frame.isGeographic, x == 0, y == 0 {
            reject(.nullIsland, faulty.x, &cursor, &batch)
            return nil
        }
        return Coordinate(x: x, y: y)
    }

    /// A decimal comma is read where the delimiter allows it, and in quotes where it cannot group thousands: in degrees,
    /// or without three digits after it.
    private func number(_ text: UnsafeBufferPointer<UInt8>, isQuoted: Bool, _ dialect: Dialect) -> Double? {
        if dialect.allowsDecimalComma { return NumberParsing.number(text, decimalComma: true) }
        if let value = NumberParsing.number(text) { return value }
        guard isQuoted, let comma = text.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        guard placement.frame.isGeographic || text.count - comma != 4 else { return nil }
        return NumberParsing.number(text, decimalComma: true)
    }

    // MARK: Employment

    private func employees(_ text: UnsafeBufferPointer<UInt8>, decimalComma: Bool) -> Double {
        if text.isEmpty { return .nan }
        if bands.isEmpty, let value = NumberParsing.number(text, decimalComma: decimalComma) { return value }
        let number = bandTexts.number(of: text)
        if number == bandValues.count {
            let spelled = string(text)
            let value =
                bands[spelled] ?? NumberParsing.number(text, decimalComma: decimalComma)
                ?? EmploymentBand.value(of: spelled)
            bandValues.append(value ?? .nan)
        }
        return bandValues[Int(number)]
    }

    // MARK: Bytes

    private func reject(
        _ reason: RejectionReason, _ column: Int, _ cursor: inout RecordCursor, _ batch: inout RowBatch
    ) {
        batch.rejections.add(
            reason, file: batch.file, line: cursor.line, column: choice.header[column], text: cursor.field(column))
    }

    @inline(__always)
    private func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let base = text.baseAddress else { return text }
        var (start, end) = (0, text.count)
        while start < end, base[start] == 0x20 || base[start] == 0x09 { start += 1 }
        while end > start, base[end - 1] == 0x20 || base[end - 1] == 0x09 { end -= 1 }
        return UnsafeBufferPointer(start: base + start, count: end - start)
    }

    private func string(_ text: UnsafeBufferPointer<UInt8>) -> String { String(decoding: text, as: UTF8.self) }
}

/// Texts that stand for "no value": nothing at all, and what R and SQL write for it.
enum MissingValue {
    static func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch text.count {
        case 0: true
        case 2: text.elementsEqual("NA".utf8)
        case 3: text.elementsEqual("N/A".utf8)
        case 4: text.elementsEqual("NULL".utf8) || text.elementsEqual("null".utf8)
        default: false
        }
    }
}
