import CIndustryCodeLists
public import DelimitedText
import ParallelWork

/// The code list of an industry classification: what codes there are and what they are called.
///
///     let nace = try Classification(named: "nace2")
///     nace.title(of: "68.20")        // "Rental and operating of own or leased real estate"
///
/// Only the list asked for is kept. Codes are looked up in their normalized form (``IndustryCode/normalized(_:)``).
public struct Classification: Sendable {
    /// What the user called it: a name of ``names``, or the path of a file.
    public let name: String
    /// Normalized codes in ascending order, and the title of each.
    private let codes: [String]
    private let titles: [String]

    /// The lists that are built in, by the names that ``init(named:)`` takes. US NAICS holds six-digit codes only.
    public static let names = [
        "naics2012", "naics2017", "naics2022", "scian2018", "sic", "isic3", "isic3.1", "isic4", "isic5", "nace1",
        "nace2",
        "nace2.1", "naf2", "uksic2007", "ksic10", "jsic13", "nic2008", "cnae2",
    ]

    /// A built-in list by its name (case, dots, hyphens and spaces do not matter), or else a file.
    ///
    /// A file is CSV with a header; its columns `code` and `title` are used, or the first two where they have other names.
    /// - Throws: ``InputError``: usage when `name` is neither a list nor an existing file; bad data when the file has no
    ///   code.
    public init(named name: String) throws(InputError) {
        let folded = Self.folded(name)
        if let known = Self.names.first(where: { Self.folded($0) == folded }) {
            self.init(name: known, entries: try Self.builtIn(Self.folded(known)))
            return
        }
        let reader: DelimitedReader
        do {
            reader = try DelimitedReader(paths: [name])
        } catch  where error.category == .noInput {
            let looksLikePath = name.contains("/") || name.contains(".csv")
            throw looksLikePath
                ? error
                : InputError(
                    .usage,
                    "no classification is called '\(name)', and no file; there are \(Self.names.joined(separator: ", "))"
                )
        }
        self.init(name: name, entries: try Self.read(reader))
        guard !codes.isEmpty else { throw InputError(.badData, file: name, "holds no industry code") }
    }

    private init(name: String, entries: [(code: String, title: String)]) {
        self.name = name
        // Stable: of two titles for one code the first counts.
        var sorted: [(code: String, title: String)] = []
        for entry in entries.enumerated().sorted(by: { ($0.element.code, $0.offset) < ($1.element.code, $1.offset) })
        where sorted.last?.code != entry.element.code {
            sorted.append(entry.element)
        }
        codes = sorted.map(\.code)
        titles = sorted.map(\.title)
    }

    /// The number of codes.
    public var count: Int { codes.count }

    /// The title of a code in any spelling, at any level that the list has; nil where it has none.
    public func title(of code: String) -> String? {
        let wanted = IndustryCode.normalized(code)
        let place = lowerBound(wanted)
        return place < codes.count && codes[place] == wanted ? titles[place] : nil
    }

    /// Whether a code is in the list, or stands for codes that are: the beginning of one, or a range over one.
    public func contains(_ code: String) -> Bool {
        let wanted = IndustryCode.normalized(code)
        guard !wanted.isEmpty else { return false }
        if IndustryCode.isRange(wanted), let first = Int(wanted.prefix(2)), let last = Int(wanted.suffix(2)) {
            return title(of: wanted) != nil || (first <= last && (first...last).contains { hasPrefix(twoDigits($0)) })
        }
        return hasPrefix(wanted)
    }

    private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func hasPrefix(_ wanted: String) -> Bool {
        let place = lowerBound(wanted)
        return place < codes.count && codes[place].hasPrefix(wanted)
    }

    private func lowerBound(_ wanted: String) -> Int {
        var (low, high) = (0, codes.count)
        while low < high {
            let middle = (low + high) / 2
            if codes[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Reading

    private static func folded(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private static func builtIn(_ standard: String) throws(InputError) -> [(code: String, title: String)] {
        let packed = UnsafeBufferPointer(
            start: firmclusters_industry_codes(), count: firmclusters_industry_codes_length())
        let reader = try DelimitedReader(
            bytes: Array(packed), name: "industry codes", hints: DialectHints(encoding: .utf8))
        let wanted = Array(standard.uppercased().utf8)
        return try entries(reader, code: 1, title: 3) { cursor in cursor.field(0).elementsEqual(wanted) }
    }

    private static func read(_ reader: DelimitedReader) throws(InputError) -> [(code: String, title: String)] {
        let header = reader.header.map { $0.lowercased() }
        let code = header.firstIndex(of: "code") ?? 0
        let title = header.firstIndex(of: "title") ?? (code == 0 ? 1 : 0)
        return try entries(reader, code: code, title: title) { _ in true }
    }

    private static func entries(
        _ reader: DelimitedReader, code: Int, title: Int,
        where isWanted: @escaping @Sendable (inout RecordCursor) -> Bool
    ) throws(InputError) -> [(code: String, title: String)] {
        do {
            return try reader.mapBlocks(workers: Workers(count: 1)) { cursor, _ in
                var entries: [(code: String, title: String)] = []
                while cursor.next() {
                    guard cursor.status == .sound, cursor.fieldCount > max(code, title), isWanted(&cursor) else {
                        continue
                    }
                    let text = IndustryCode.normalized(String(decoding: cursor.field(code), as: UTF8.self))
                    guard !text.isEmpty else { continue }
                    entries.append((text, String(decoding: cursor.field(title), as: UTF8.self)))
                }
                return entries
            }.flatMap { $0 }
        } catch let error as InputError {
            throw error
        } catch {
            throw InputError(.inputOutput, "\(error)")
        }
    }
}
