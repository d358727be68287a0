import FirmClustersTestSupport
import FirmInput
import FirmModel
import ParallelWork
import Testing

/// However a column is put together, in place or from parts, with rows left out or not, it is the column of a simple loop.
@Suite struct ColumnAssemblyTests {
    struct Row {
        var id: String
        var x: Double
        var industry: String
        var employment: Double?
        var isUsable: Bool

        func text(padding: Int) -> String {
            let employees = employment.map { String($0) } ?? ""
            return
                "\(id),\(isUsable ? String(x) : "?"),1.5,\(industry),\(employees),all,\(String(repeating: "n", count: padding))\n"
        }
    }

    static let header = "id,lon,lat,industry,employees,group,name\n"

    @Test(arguments: [0.0, 0.01, 0.6], [false, true])
    func columnsAreThoseOfASimpleLoop(shareOfBadRows: Double, isFiltered: Bool) throws {
        var random = RandomStream(seed: UInt64(shareOfBadRows * 100))
        let rows = (0..<60_000).map { number in
            Row(
                id: String(number), x: Double(number) / 1000,
                industry: ["10", "31-33", "a very long code", "6820Z"][Int.random(in: 0..<4, using: &random)],
                employment: Bool.random(using: &random) ? Double(number % 50) : nil,
                isUsable: Double.random(in: 0..<1, using: &random) >= shareOfBadRows)
        }
        // Long rows first: by them, the file seems to hold fewer rows than it does.
        let text = Self.header + rows.enumerated().map { $1.text(padding: $0 < 8000 ? 300 : 0) }.joined()
        let file = try TemporaryInput(Array(text.utf8))
        var options = ReadingOptions()
        options.kept = ["id"]
        options.stratum = "employees"
        if isFiltered { options.filters = [RowFilter(column: "group", value: "all")] }
        let usable = rows.enumerated().filter(\.element.isUsable)
        for workers in [1, 3] {
            let register = try RegisterReader.read([file.path], options: options, workers: Workers(count: workers))
                .register
            #expect(register.x == usable.map(\.element.x))
            #expect(register.y == usable.map { _ in 1.5 })
            #expect((0..<register.count).map { register.employees($0) } == usable.map(\.element.employment))
            #expect((0..<register.count).allSatisfy { register.identifier?[$0] == usable[$0].element.id })
            #expect((0..<register.count).allSatisfy { register.kept[0].values[$0] == usable[$0].element.id })
            #expect(Array(register.lineNumber) == usable.map { UInt32($0.offset + 2) })
            let codes = usable.map { $0.element.industry == "a very long code" ? "AVERYLONGCODE" : $0.element.industry }
            #expect(register.industry == CategoryColumn(codes))
            // As text, missing where it is empty.
            let strata = usable.map { $0.element.employment.map { String($0) } ?? "" }
            #expect(register.stratum == CategoryColumn(strata))
        }
    }

    /// Identifiers that ascend, but for some: what repeats is found wherever it stands.
    @Test(arguments: 0..<30 as Range<UInt64>)
    func repeatedIdentifiersAreFound(seed: UInt64) throws {
        var random = RandomStream(seed: seed)
        let prefix = ["", "firm-number-", "é"][Int(seed % 3)]
        var ids = (0..<2000).map { Bool.random(using: &random) && seed % 5 == 0 ? "" : "\(prefix)\($0 * 7)" }
        for _ in 0..<Int(seed % 4) {
            ids[Int.random(in: 0..<2000, using: &random)] = ids[Int.random(in: 0..<2000, using: &random)]
        }
        if seed % 7 == 0 { ids.shuffle(using: &random) }
        var seen: Set<String> = []
        let accepted = ids.filter { $0.isEmpty || seen.insert($0).inserted }
        // Rows so long that they come in several blocks.
        let note = String(repeating: "n", count: 1500)
        let text = "id,lon,lat,industry,note\n" + ids.map { "\($0),1,2,A,\(note)\n" }.joined()
        let file = try TemporaryInput(Array(text.utf8))
        for use in [IdentifierUse.kept, .checked, .ignored] {
            var options = ReadingOptions()
            options.identifierUse = use
            let reading = try RegisterReader.read([file.path], options: options, workers: Workers(count: 2))
            let register = reading.register
            #expect(register.count == (use == .ignored ? ids : accepted).count, "seed \(seed)")
            #expect((register.identifier != nil) == (use == .kept))
            if let identifier = register.identifier {
                #expect((0..<register.count).map { identifier[$0] } == accepted, "seed \(seed)")
            }
        }
    }
}
