import DelimitedText
import FirmClustersTestSupport
import Foundation
import ParallelWork
import Testing

/// Random dirty text, read in parallel in blocks of any size, against the reference parser.
@Suite struct ReaderFuzzTests {
    /// A second by default; `FIRMCLUSTERS_FUZZ_SECONDS` makes it as long as one likes.
    static let duration: Duration = .seconds(
        Int(ProcessInfo.processInfo.environment["FIRMCLUSTERS_FUZZ_SECONDS"] ?? "") ?? 2)

    @Test func parallelReadingFollowsTheRules() throws {
        let clock = ContinuousClock()
        let end = clock.now + Self.duration
        var seed: UInt64 = UInt64(Date().timeIntervalSince1970) << 20
        if let fixed = ProcessInfo.processInfo.environment["FIRMCLUSTERS_FUZZ_SEED"].flatMap(UInt64.init) {
            seed = fixed
        }
        repeat {
            // Every fiftieth text is longer than the stretches in which a cursor looks for structure.
            let pieces = seed % 50 == 0 ? 40_000 : 120
            do { try check(seed: seed, pieces: pieces) } catch { Issue.record("seed \(seed): \(error)") }
            seed += 1
        } while clock.now < end
    }

    private func check(seed: UInt64, pieces: Int) throws {
        var random = SplitMix(state: seed)
        let lineEnds: [[UInt8]] = [[10], [13, 10], [13]]
        let lineEnd = lineEnds[Int.random(in: 0..<3, using: &random)]
        let delimiter = Dialect.candidatesForTests.randomElement(using: &random) ?? 44
        let body = Self.dirtyText(delimiter: delimiter, lineEnd: lineEnd, pieces: pieces, using: &random)
        let text =
            Array("id".utf8) + [delimiter] + Array("b".utf8) + [delimiter] + Array("c".utf8) + lineEnd + [113] + body
        let field = Int.random(in: 3...60, using: &random)
        let limits = RecordLimits(
            field: field, record: field + Int.random(in: 8...100, using: &random),
            sample: Int.random(in: 1...200, using: &random),
            block: Int.random(in: 1...(pieces > 120 ? 200_000 : 300), using: &random))

        let reference = ReferenceParser(delimiter: delimiter, lineEnd: lineEnd.last ?? 10, limits: limits)
        let expected = reference.records(text).dropFirst()
        let file = try TemporaryInput(text)
        let reader = try DelimitedReader(
            paths: [file.path], hints: DialectHints(delimiter: delimiter, encoding: .utf8), limits: limits)
        let columns = reader.header.count
        let found = try reader.mapBlocks(workers: Workers(count: 3)) { cursor, _ in
            var records: [ReferenceRecord] = []
            while cursor.next() {
                var record = ReferenceRecord(line: cursor.line, status: cursor.status)
                if cursor.status == .sound {
                    for index in 0..<min(columns, cursor.fieldCount) {
                        record.fields.append(Array(cursor.field(index)))
                    }
                    let missing = cursor.fieldCount - record.fields.count
                    record.fields.append(contentsOf: repeatElement([], count: missing))
                }
                records.append(record)
            }
            return records
        }.flatMap { $0 }
        // Fields beyond the columns of the file are counted, not kept.
        let comparable = expected.map { record in
            var record = record
            for index in record.fields.indices where index >= columns { record.fields[index] = [] }
            return record
        }
        if found != comparable {
            let place = zip(found, comparable).enumerated().first { $0.element.0 != $0.element.1 }
            Issue.record(
                """
                seed \(seed), \(limits), \(text.count) bytes: \(found.count) records, expected \(comparable.count); \
                first difference \(String(describing: place))
                """)
        }
    }

    private static func dirtyText(
        delimiter: UInt8, lineEnd: [UInt8], pieces: Int, using random: inout SplitMix
    ) -> [UInt8] {
        var text: [UInt8] = []
        let rough = Int.random(in: 0...3, using: &random)
        for _ in 0..<Int.random(in: 0...pieces, using: &random) {
            switch Int.random(in: 0...(rough == 0 ? 5 : 16), using: &random) {
            case 0, 1: text.append(delimiter)
            case 2: text += lineEnd
            case 3: text += Array("abc".utf8)
            case 4: text += Array("\"x\"\"y\"".utf8)
            case 5: text += [delimiter, 34] + Array("l1".utf8) + lineEnd + Array("l2\"".utf8) + [delimiter]
            case 6, 7: text.append(34)
            case 8: text.append(10)
            case 9: text.append(13)
            case 10: text += Array("é北".utf8)
            case 11: text.append(UInt8.random(in: 0...255, using: &random))
            case 12: text += repeatElement(120, count: Int.random(in: 0...90, using: &random))
            case 13: text += [34] + Array(repeatElement(10, count: Int.random(in: 0...90, using: &random))) + [34]
            default: text += Array("12.5".utf8)
            }
        }
        return text
    }
}

extension Dialect {
    static let candidatesForTests = [comma, semicolon, tab, pipe]
}

/// Repeatable random numbers (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
