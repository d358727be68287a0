import DelimitedText
import FirmModel
import IndustryClassifications

/// Turns the records of blocks into columns. Each worker has its own, with its own tables of distinct texts.
///
/// A value with one owner rather than an object: the runtime checks every access to the properties of objects.
struct RowParser: ~Copyable {
    private let choice: ColumnChoice
    private let placement: Placement
    private let worker: Int
    private let keepsRejectedRows: Bool
    private let bands: [String: Double]
    private let columnCount: Int
    private let employmentCount: Int
    private let keptCount: Int
    private let isFiltered: Bool
    private let hasBands: Bool
    private let isGeographic: Bool

    /// The distinct texts of this worker's rows.
    private(set) var industries = ByteInterner()
    private(set) var places = ByteInterner()
    private(set) var strata = ByteInterner()
    private(set) var regions = ByteInterner()
    /// For each number of `industries`, whether the text is no code at all.
    private var isNoCode: [Bool] = []
    /// What texts in employment columns mean, by their number; NaN where they say nothing.
    private var bandTexts = ByteInterner()
    private var bandValues: [Double] = []

    private let columns: FillingColumns
    // The columns of the block at hand, of which `count` rows are filled.
    private var count = 0
    private var x = ColumnPart<Double>()
    private var y = ColumnPart<Double>()
    private var industry = ColumnPart<Int32>()
    private var employment = ColumnPart<Double>()
    private var place = ColumnPart<Int32>()
    private var stratum = ColumnPart<Int32>()
    private var region = ColumnPart<Int32>()
    private var identifiers = BlockTexts()
    private var names = BlockTexts()
    private let kept: [SharedBlockTexts]
    private var order = IdentifierOrder()
    /// The lines of rows that follow one another, not yet in the batch.
    private var lines: Range<UInt32> = 0..<0

    init(
        _ choice: ColumnChoice, _ placement: Placement, into columns: FillingColumns, worker: Int,
        keepsRejectedRows: Bool, bands: [String: Double]
    ) {
        self.columns = columns
        self.choice = choice
        self.placement = placement
        self.worker = worker
        self.keepsRejectedRows = keepsRejectedRows
        self.bands = bands
        kept = choice.kept.map { _ in SharedBlockTexts() }
        columnCount = choice.header.count
        employmentCount = choice.employment.count
        keptCount = choice.kept.count
        isFiltered = !choice.filters.isEmpty
        hasBands = !bands.isEmpty
        isGeographic = placement.frame.isGeographic
    }

    /// - Throws: as ``Placement/place(_:)`` does.
    mutating func parse(_ cursor: inout RecordCursor) throws -> RowBatch {
        var batch = RowBatch(worker: worker, file: cursor.file, keepsRejectedRows: keepsRejectedRows)
        prepare(cursor)
        while cursor.next() { parseRow(&cursor, into: &batch) }
        collect(into: &batch)
        try placement.place(&batch)
        return batch
    }

    private mutating func prepare(_ cursor: borrowing RecordCursor) {
        let (rows, bytes) = (cursor.lineCount, cursor.byteCount)
        count = 0
        lines = 0..<0
        order = IdentifierOrder()
        if choice.coordinates != nil {
            x = columns.x.part(at: cursor.linesBefore, count: rows)
            y = columns.y.part(at: cursor.linesBefore, count: rows)
        }
        if choice.industry != nil { industry = columns.industry.part(at: cursor.linesBefore, count: rows) }
        if !choice.employment.isEmpty { employment = columns.employment.part(at: cursor.linesBefore, count: rows) }
        if choice.place != nil { place = columns.place.part(at: cursor.linesBefore, count: rows) }
        if choice.stratum != nil { stratum = columns.stratum.part(at: cursor.linesBefore, count: rows) }
        if choice.region != nil { region = columns.region.part(at: cursor.linesBefore, count: rows) }
        if choice.identifier != nil { identifiers.prepare(rows: rows, bytes: bytes) }
        if choice.name != nil { names.prepare(rows: rows, bytes: bytes) }
        for column in kept { column.texts.prepare(rows: rows, bytes: bytes) }
    }

    private func collect(into batch: inout RowBatch) {
        batch.line.append(lines)
        if choice.coordinates != nil {
            batch.x = x.filled(count)
            batch.y = y.filled(count)
        }
        if choice.industry != nil { batch.industry = industry.filled(count) }
        if !choice.employment.isEmpty { batch.employment = employment.filled(count) }
        if choice.place != nil { batch.place = place.filled(count) }
        if choice.stratum != nil { batch.stratum = stratum.filled(count) }
        if choice.region != nil { batch.region = region.filled(count) }
        if choice.identifier != nil { batch.identifier = identifiers.run }
        batch.identifiersAscend = order.isAscending
        if choice.name != nil { batch.name = names.run }
        batch.kept = kept.map { $0.texts.run }
    }

    /// One row. The checks come in the order in which ``RegisterReader`` documents them: a row has one reason.
    private mutating func parseRow(_ cursor: inout RecordCursor, into batch: inout RowBatch) {
        if cursor.status != .sound || cursor.fieldCount != columnCount, let reason = structuralFlaw(cursor) {
            batch.rowsRead += 1
            batch.rejections.add(reason, file: batch.file, line: cursor.line, text: cursor.text)
            return
        }
        if isFiltered {
            for filter in choice.filters where !trimmed(cursor.field(filter.column)).elementsEqual(filter.value) {
                batch.rowsFilteredOut += 1
                return
            }
        }
        batch.rowsRead += 1

        let row = count
        guard readCoordinates(of: row, &cursor, &batch), readIndustry(of: row, &cursor, &batch),
            readEmployment(of: row, &cursor, &batch)
        else { return }
        if let column = choice.place {
            let text = trimmed(cursor.field(column))
            place[row] = MissingValue.isMissing(text) ? CategoryColumn.missing : places.number(of: text)
        }
        if let column = choice.stratum {
            let text = trimmed(cursor.field(column))
            stratum[row] = MissingValue.isMissing(text) ? CategoryColumn.missing : strata.number(of: text)
        }
        if let column = choice.region {
            let text = trimmed(cursor.field(column))
            region[row] = MissingValue.isMissing(text) ? CategoryColumn.missing : regions.number(of: text)
        }
        if let column = choice.identifier {
            let text = trimmed(cursor.field(column))
            let isMissing = MissingValue.isMissing(text)
            if !isMissing { order.add(text) }
            identifiers.append(isMissing ? UnsafeBufferPointer(rebasing: text[..<0]) : text)
        }
        if let column = choice.name { names.append(trimmed(cursor.field(column))) }
        for index in 0..<keptCount {
            kept[index].texts.append(cursor.field(choice.kept[index]))
        }

        let line = UInt32(min(cursor.line, Int(UInt32.max) - 1))
        if line != lines.upperBound {
            batch.line.append(lines)
            lines = line..<line
        }
        lines = lines.lowerBound..<line + 1
        count += 1
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

    /// Whether the row has a place. So it is with the other columns: those that are read before a row is rejected are
    /// overwritten by the next.
    @inline(__always)
    private mutating func readCoordinates(of row: Int, _ cursor: inout RecordCursor, _ batch: inout RowBatch) -> Bool {
        guard let coordinates = choice.coordinates else { return true }
        var faulty: (x: Int, y: Int)
        var place: (x: Double, y: Double)
        switch coordinates {
        case .location(let column):
            faulty = (column, column)
            guard let found = location(column, &cursor, &batch) else { return false }
            place = found
        case .pair(let xColumn, let yColumn):
            faulty = (xColumn, yColumn)
            place = (cursor.plainNumber(xColumn), cursor.plainNumber(yColumn))
            if place.x.isNaN || place.y.isNaN {
                guard let found = pair(xColumn, yColumn, &cursor, &batch) else { return false }
                place = found
            }
        }
        let isReached = placement.reaches(x: place.x, y: place.y)
        guard isReached.x, isReached.y else {
            if isGeographic, placement.reaches(x: place.y, y: place.x) == (true, true) { batch.mendedBySwapping += 1 }
            reject(.outOfRange, isReached.x ? faulty.y : faulty.x, &cursor, &batch)
            return false
        }
        if isGeographic, place.x == 0, place.y == 0 {
            reject(.nullIsland, faulty.x, &cursor, &batch)
            return false
        }
        x[row] = place.x
        y[row] = place.y
        return true
    }

    private mutating func location(
        _ column: Int, _ cursor: inout RecordCursor, _ batch: inout RowBatch
    ) -> (x: Double, y: Double)? {
        let text = trimmed(cursor.field(column))
        if MissingValue.isMissing(text) {
            reject(.missingCoordinate, column, &cursor, &batch)
            return nil
        }
        switch LocationText.parse(text) {
        case .success(let place): return (place.longitude, place.latitude)
        case .failure(let failure):
            reject(failure == .empty ? .missingCoordinate : .notANumber, column, &cursor, &batch)
            return nil
        }
    }

    private mutating func pair(
        _ xColumn: Int, _ yColumn: Int, _ cursor: inout RecordCursor, _ batch: inout RowBatch
    ) -> (x: Double, y: Double)? {
        let (xText, yText) = (trimmed(cursor.field(xColumn)), trimmed(cursor.field(yColumn)))
        for (column, text) in [(xColumn, xText), (yColumn, yText)] where MissingValue.isMissing(text) {
            reject(.missingCoordinate, column, &cursor, &batch)
            return nil
        }
        guard let x = number(xText, isQuoted: cursor.isQuoted(xColumn), cursor.dialect) else {
            reject(.notANumber, xColumn, &cursor, &batch)
            return nil
        }
        guard let y = number(yText, isQuoted: cursor.isQuoted(yColumn), cursor.dialect) else {
            reject(.notANumber, yColumn, &cursor, &batch)
            return nil
        }
        return (x, y)
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

    // MARK: Industry

    @inline(__always)
    private mutating func readIndustry(of row: Int, _ cursor: inout RecordCursor, _ batch: inout RowBatch) -> Bool {
        guard let column = choice.industry else { return true }
        let text = trimmed(cursor.field(column))
        let number = industries.number(of: text)
        if number == isNoCode.count {
            isNoCode.append(MissingValue.isMissing(text) || IndustryCode.normalized(string(text)).isEmpty)
        }
        if isNoCode[Int(number)] {
            reject(.missingIndustry, column, &cursor, &batch)
            return false
        }
        industry[row] = number
        return true
    }

    // MARK: Employment

    @inline(__always)
    private mutating func readEmployment(of row: Int, _ cursor: inout RecordCursor, _ batch: inout RowBatch) -> Bool {
        guard employmentCount > 0 else { return true }
        var sum = Double.nan
        for index in 0..<employmentCount {
            let column = choice.employment[index]
            var value = hasBands ? .nan : cursor.plainNumber(column)
            if value.isNaN {
                value = employees(trimmed(cursor.field(column)), decimalComma: cursor.dialect.allowsDecimalComma)
            }
            if value < 0 {
                reject(.negativeWeight, column, &cursor, &batch)
                return false
            }
            if !value.isNaN { sum = sum.isNaN ? value : sum + value }
        }
        employment[row] = sum
        return true
    }

    private mutating func employees(_ text: UnsafeBufferPointer<UInt8>, decimalComma: Bool) -> Double {
        if text.isEmpty { return .nan }
        if !hasBands, let value = NumberParsing.number(text, decimalComma: decimalComma) { return value }
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
