import DelimitedText
import FirmClustersTestSupport
import Foundation
import ParallelWork
import Testing

@Suite struct DelimitedReaderTests {
    private func rows(
        _ bytes: [UInt8], hints: DialectHints = DialectHints(), limits: RecordLimits = RecordLimits()
    ) throws -> (reader: DelimitedReader, rows: [[String]]) {
        let reader = try DelimitedReader(bytes: bytes, name: "test", hints: hints, limits: limits)
        let columns = reader.header.count
        let rows = try reader.mapBlocks(workers: Workers(count: 2)) { cursor, _ in
            var rows: [[String]] = []
            while cursor.next() {
                guard cursor.status == .sound else {
                    rows.append(["\(cursor.status)"])
                    continue
                }
                var row: [String] = []
                for index in 0..<min(columns, cursor.fieldCount) {
                    row.append(String(decoding: cursor.field(index), as: UTF8.self))
                }
                rows.append(row)
            }
            return rows
        }
        return (reader, rows.flatMap { $0 })
    }

    private func failure(_ bytes: [UInt8], limits: RecordLimits = RecordLimits()) -> InputError? {
        do {
            _ = try rows(bytes, limits: limits)
            return nil
        } catch { return error as? InputError }
    }

    // MARK: Dialects

    @Test(arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r"])
    func findsDelimiterAndLineEnd(delimiter: String, lineEnd: String) throws {
        let text = ["id,city, name", "1,\"a,b;c|d\te\",x", "2,\"say \"\"hi\"\"\",", "3,\"two\nlines\",y", ""]
            .joined(separator: lineEnd)
            .replacing(",\"", with: "\u{1}").replacing("\",", with: "\u{2}").replacing(",", with: delimiter)
            .replacing("\u{1}", with: delimiter + "\"").replacing("\u{2}", with: "\"" + delimiter)
        let (reader, rows) = try rows(Array(text.utf8))
        #expect(reader.header == ["id", "city", "name"])
        #expect(reader.dialect.delimiter == delimiter.utf8.first)
        #expect(rows.count == 3)
        #expect(rows[1] == ["2", "say \"hi\"", ""])
        #expect(rows[2] == ["3", "two\nlines", "y"])
    }

    @Test func decimalCommasAreNoDelimiters() throws {
        let (reader, rows) = try rows(Array("a;b\n1,5;2,5\n3,5;4,5\n".utf8))
        #expect(reader.dialect.delimiter == Dialect.semicolon)
        #expect(rows == [["1,5", "2,5"], ["3,5", "4,5"]])
    }

    @Test func aStrayQuoteCostsOneRow() throws {
        let text = "a,b\n1,\"open\n2,x\n3,12\" pipe\n4,\"closed\"late\n5,y\n"
        #expect(
            try rows(Array(text.utf8)).rows == [
                ["brokenQuoting"], ["2", "x"], ["3", "12\" pipe"], ["brokenQuoting"], ["5", "y"],
            ])
    }

    // MARK: Encodings

    @Test(arguments: TextEncoding.allCases, [false, true])
    func readsEncodings(encoding: TextEncoding, hasMark: Bool) throws {
        let text = "name,city,code,region\nAcuícola,Tecomán,1,ñ\ncafé,Köln,2,ß\n"
        var bytes: [UInt8]
        switch encoding {
        case .utf8: bytes = (hasMark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        case .utf16, .utf16LittleEndian:
            bytes = ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16BigEndian:
            bytes = ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .latin1, .windows1252: bytes = text.unicodeScalars.map { UInt8($0.value) }
        }
        for hint in [nil, encoding] {
            let (reader, rows) = try rows(bytes, hints: DialectHints(encoding: hint))
            #expect(reader.header == ["name", "city", "code", "region"])
            #expect(rows == [["Acuícola", "Tecomán", "1", "ñ"], ["café", "Köln", "2", "ß"]])
        }
    }

    @Test func plainUTF16LeavesTheByteOrderToTheFile() throws {
        let hint = try #require(TextEncoding(named: "utf-16"))
        let little: (UInt16) -> [UInt8] = { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big: (UInt16) -> [UInt8] = { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        // Hardly any zero byte: only the mark tells.
        let units = Array("名称,镇\n企业,柳市\n".utf16)
        for (bytes, encoding) in [
            (([0xFEFF] + units).flatMap(big), TextEncoding.utf16BigEndian),
            (([0xFEFF] + units).flatMap(little), .utf16LittleEndian),
            (units.flatMap(little), .utf16LittleEndian),
            (Array("name,town\n1,2\n".utf16).flatMap(big), .utf16BigEndian),
        ] {
            let (reader, rows) = try rows(bytes, hints: DialectHints(encoding: hint))
            #expect(reader.encoding == encoding)
            #expect(reader.header.count == 2)
            #expect(rows == [["企业", "柳市"]] || rows == [["1", "2"]])
        }
    }

    @Test func windows1252HasItsOwnSigns() throws {
        let (reader, rows) = try rows(Array("a,b\n1,".utf8) + [0x80, 0x93, 0x94, 0xFC, 0x0A])
        #expect(reader.encoding == .windows1252)
        #expect(rows == [["1", "€“”ü"]])
        #expect(try self.rows(Array("a,b\n1,".utf8) + [0x8D, 0xE9, 0x0A]).reader.encoding == .latin1)
    }

    @Test func surrogatesThatBelongToNobody() throws {
        let units = Array("a,b,c,d\n1,2,".utf16) + [0xD800] + Array(",4\n1,😀,3,4\n".utf16)
        let (_, rows) = try rows(units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        #expect(rows == [["badBytes"], ["1", "😀", "3", "4"]])
    }

    // MARK: Files

    /// A gzip member by the tool at hand; tests of packed registers do not depend on it.
    private func packed(_ text: String) throws -> [UInt8] {
        let file = try TemporaryInput(text)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-c", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return bytes
    }

    @Test func gzipOfSeveralMembers() throws {
        let bytes = try packed("a,b\n1,2\n") + packed("3,4\n5,") + packed("6\n") + [0, 0, 0]
        let (reader, rows) = try rows(bytes)
        #expect(rows == [["1", "2"], ["3", "4"], ["5", "6"]])
        #expect(reader.files[0].byteCount == bytes.count)
    }

    @Test func truncatedGzipSaysWhere() throws {
        var text = "a,b\n"
        for row in 0..<20_000 { text += "\(row),\(row &* 7919 % 10_007)\n" }
        let bytes = try packed(text)
        for length in [12, bytes.count / 2, bytes.count - 1] {
            let error = failure(Array(bytes[..<length]))
            #expect(error?.category == .badData)
            #expect(error?.message.contains("byte \(length)") == true)
        }
        var damaged = bytes
        for place in 1000..<1100 { damaged[place] ^= 0x5A }
        #expect(failure(damaged)?.category == .badData)
        #expect(failure(bytes + Array("rubbish".utf8))?.category == .badData)
    }

    @Test func hashIsThatOfTheFile() throws {
        let (reader, _) = try rows(Array("abc\n".utf8))
        // sha256sum
        #expect(
            reader.files[0].sha256 == "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb")
    }

    // MARK: Absurd input

    @Test func hugeFieldsAreRejectedInPassing() throws {
        let huge = String(repeating: "x", count: 3 << 20)
        let long = String(repeating: "y,", count: 12 << 20)
        let (_, rows) = try rows(Array("a,b\n1,2\n\(huge),3\n4,\"\(huge)\"\n\(long)\n5,6\n".utf8))
        #expect(rows == [["1", "2"], ["fieldTooLarge"], ["fieldTooLarge"], ["fieldTooLarge"], ["5", "6"]])
    }

    @Test func hundredThousandColumns() throws {
        let header = (0..<100_000).map { "c\($0)" }.joined(separator: ",")
        let reader = try DelimitedReader(
            bytes: Array((header + "\n" + String(repeating: ",", count: 99_999) + "\n").utf8), name: "wide")
        #expect(reader.header.count == 100_000)
        let counts = try reader.mapBlocks(workers: Workers(count: 2)) { cursor, _ in
            cursor.next() ? cursor.fieldCount : 0
        }
        #expect(counts == [100_000])
    }

    @Test func zeroBytesAreBadBytes() throws {
        #expect(try rows(Array("a,b\n1,2\u{0}\n3,4\n".utf8)).rows == [["badBytes"], ["3", "4"]])
        #expect(failure([0, 0, 0, 0])?.category == .badData)
    }
}
