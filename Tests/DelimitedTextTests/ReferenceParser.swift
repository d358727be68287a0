import DelimitedText

/// One record as the rules have it.
struct ReferenceRecord: Equatable, CustomStringConvertible {
    var line: Int
    var status: RecordStatus
    var fields: [[UInt8]] = []

    var description: String {
        "\(line) \(status) \(fields.map { String(decoding: $0, as: UTF8.self) })"
    }
}

/// The record rules written down a second time, byte by byte over the whole text, with no thought of speed or blocks.
struct ReferenceParser {
    let delimiter: UInt8
    let lineEnd: UInt8
    let limits: RecordLimits
    private let quote = UInt8(ascii: "\"")

    init(delimiter: UInt8, lineEnd: UInt8, limits: RecordLimits) {
        self.delimiter = delimiter
        self.lineEnd = lineEnd
        self.limits = limits
    }

    func records(_ text: [UInt8]) -> [ReferenceRecord] {
        var records: [ReferenceRecord] = []
        var line = 1
        var place = 0
        while true {
            if lineEnd == 13, place < text.count, text[place] == 10 { place += 1 }
            guard place < text.count else { return records }
            if text[place] == lineEnd {
                place += 1
                line += 1
                continue
            }
            if text[place] == 13, place + 1 == text.count || text[place + 1] == lineEnd {
                place += 2
                line += 1
                continue
            }
            let (record, end) = record(text, place, line)
            records.append(record)
            line += text[place..<min(end, text.count)].filter { $0 == lineEnd }.count
            place = end
        }
    }

    /// The record that starts at `start`, and where the one after it starts.
    private func record(_ text: [UInt8], _ start: Int, _ line: Int) -> (ReferenceRecord, Int) {
        func endOfLine(from place: Int) -> Int {
            var place = place
            while place < text.count, text[place] != lineEnd { place += 1 }
            return place
        }
        func flawed(_ status: RecordStatus) -> (ReferenceRecord, Int) {
            let end = endOfLine(from: start)
            return (ReferenceRecord(line: line, status: end - start > limits.record ? .fieldTooLarge : status), end + 1)
        }
        func cut() -> (ReferenceRecord, Int) {
            (ReferenceRecord(line: line, status: .fieldTooLarge), endOfLine(from: start + limits.record) + 1)
        }
        /// At a line end: its length before the line end byte (a CR before LF), nil elsewhere.
        func atLineEnd(_ place: Int) -> Int? {
            if place >= text.count || text[place] == lineEnd { return 0 }
            if lineEnd == 10, text[place] == 13, place + 1 >= text.count || text[place + 1] == 10 { return 1 }
            return nil
        }

        var fields: [[UInt8]] = []
        var isTooLarge = false
        var place = start
        while true {
            var field: [UInt8] = []
            if place < text.count, text[place] == quote {
                if place - start > limits.record { return cut() }
                let opening = place
                place += 1
                while true {
                    guard place < text.count else {
                        // A doubled quote can step over the limit and reach the end at once.
                        return flawed(text.count > opening + limits.field + 2 ? .fieldTooLarge : .brokenQuoting)
                    }
                    if place > opening + 1 + limits.field { return flawed(.fieldTooLarge) }
                    if text[place] == quote {
                        guard place + 1 < text.count, text[place + 1] == quote else { break }
                        place += 1
                    }
                    field.append(text[place])
                    place += 1
                }
                if let extra = atLineEnd(place + 1) {
                    if place - start > limits.record { return cut() }
                    place += 1 + extra
                } else if text[place + 1] == delimiter {
                    if place - start > limits.record { return cut() }
                    place += 1
                } else {
                    return flawed(.brokenQuoting)
                }
            } else {
                while place < text.count, text[place] != delimiter, text[place] != lineEnd {
                    field.append(text[place])
                    place += 1
                }
                if field.count > limits.field { isTooLarge = true }
                if lineEnd == 10, place >= text.count || text[place] == lineEnd, field.last == 13 { field.removeLast() }
            }
            fields.append(field)
            if place < text.count, text[place] == delimiter {
                place += 1
                continue
            }
            if isTooLarge || place - start > limits.record {
                return (ReferenceRecord(line: line, status: .fieldTooLarge), place + 1)
            }
            let raw = text[start..<min(place, text.count)]
            if raw.contains(0) || String(validating: raw, as: UTF8.self) == nil {
                return (ReferenceRecord(line: line, status: .badBytes), place + 1)
            }
            return (ReferenceRecord(line: line, status: .sound, fields: fields), place + 1)
        }
    }
}
