public import FirmModel

/// A register in which a firm has a row for each of its industries: its *entries*.
///
///     let entries = try RegisterEntries(reading.register, further: reading.furtherIndustries) {
///         options.industryCode(of: $0)
///     }
///     let report = try PatternAnalyzer(request).report(on: entries.register, firmOfRow: entries.firmOfRow)
///
/// Every entry counts in N_f of its industry, with all of the firm's employees; entries of one firm are no neighbors of each other,
/// so that a firm with two codes is no pattern by itself.
public struct RegisterEntries: Sendable {
    /// The entries, firm by firm: the code of the register first, then the further ones as they are written.
    public let register: FirmRegister
    /// For each entry the row of its firm in the register it was made of.
    public let firmOfRow: [Int32]
    /// The firms that have more than one entry.
    public let firmsWithSeveral: Int

    /// - Parameters:
    ///   - firms: the register with one row a firm.
    ///   - columns: for each firm further codes as text, several in one text separated by `|`, `;` or `,`.
    ///   - code: the code that a text means, nil where it means none. A code that a firm has already is left out.
    /// - Throws: `RegisterError` where a column has not a text for each firm, or there are more entries than can be numbered.
    public init(
        _ firms: FirmRegister, further columns: [TextColumn], code: (String) -> String?
    ) throws(RegisterError) {
        for column in columns where column.count != firms.count {
            throw .columnLength(column: "further codes", expected: firms.count, found: column.count)
        }
        var categories = firms.industry.categories
        var numbers: [String: Int32] = [:]
        for (number, category) in categories.enumerated() { numbers[category] = Int32(number) }
        // Texts repeat over firms: each is taken apart once.
        var numbersOfText: [ArraySlice<UInt8>: [Int32]] = [:]
        func codes(_ text: ArraySlice<UInt8>) -> [Int32] {
            if let known = numbersOfText[text] { return known }
            let parts = text.split { Self.separators.contains($0) }
            let found = parts.compactMap { part -> Int32? in
                guard let code = code(String(decoding: part, as: UTF8.self)) else { return nil }
                if let number = numbers[code] { return number }
                let number = Int32(categories.count)
                categories.append(code)
                numbers[code] = number
                return number
            }
            // A copy: as a key the slice would hold on to the whole column.
            numbersOfText[ArraySlice(Array(text))] = found
            return found
        }

        var (rows, industries): ([Int32], [Int32]) = ([], [])
        rows.reserveCapacity(firms.count)
        industries.reserveCapacity(firms.count)
        var several = 0
        for row in 0..<firms.count {
            let first = industries.count
            industries.append(firms.industry.indices[row])
            for column in columns {
                for number in codes(column.utf8(row)) where !industries[first...].contains(number) {
                    industries.append(number)
                }
            }
            rows.append(contentsOf: repeatElement(Int32(truncatingIfNeeded: row), count: industries.count - first))
            if industries.count - first > 1 { several += 1 }
        }
        let order = categories.indices.sorted { categories[$0].utf8.lexicographicallyPrecedes(categories[$1].utf8) }
        var rank = [Int32](repeating: 0, count: categories.count)
        for (position, number) in order.enumerated() { rank[number] = Int32(position) }
        func expanded<Value>(_ values: [Value]) -> [Value] { rows.map { values[Int($0)] } }
        func expanded(_ column: CategoryColumn?) -> CategoryColumn? {
            column.map { CategoryColumn(categories: $0.categories, indices: expanded($0.indices)) }
        }
        register = try FirmRegister(
            frame: firms.frame, x: expanded(firms.x), y: expanded(firms.y),
            industry: CategoryColumn(
                categories: order.map { categories[$0] }, indices: industries.map { rank[Int($0)] }),
            employment: firms.employment.map { expanded($0) }, place: expanded(firms.place),
            stratum: expanded(firms.stratum), region: expanded(firms.region))
        firmOfRow = rows
        firmsWithSeveral = several
    }

    private static let separators = [UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: ",")]
}
