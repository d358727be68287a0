import FirmModel

extension SyntheticRegister {
    /// The header line of the register, with its line feed.
    public func csvHeader(_ columns: RegisterColumns) -> [UInt8] { Array((columns.header + "\n").utf8) }

    /// The header line of the truth file.
    public var truthHeader: [UInt8] { Array("id,cluster,stage,type,hometown_group\n".utf8) }

    /// Appends rows as CSV (RFC 4180, UTF-8, line feeds; coordinates to six decimals, 0.1 m). Write a large register in
    /// chunks of rows with one buffer: `bytes.removeAll(keepingCapacity: true)` between them.
    ///
    /// - Complexity: O(rows) after O(towns + plants) for each call, so take some ten thousand rows at a time; in the full
    ///   layout also O(towns) for each scattered firm, whose town is the nearest.
    public func appendCSV(rows: Range<Int>, columns: RegisterColumns, to bytes: inout [UInt8]) {
        let texts = CSVTexts(self)
        for row in rows {
            let firm = self[row]
            append(identifierOf: row, to: &bytes)
            bytes.append(comma)
            let product = firm.plant.map { texts.plantProducts[$0] } ?? texts.products[firm.industry]
            if firm.name.holdsComma { bytes.append(quote) }
            firm.name.append(product: product, to: &bytes)
            if firm.name.holdsComma { bytes.append(quote) }
            bytes.append(comma)
            bytes.append(millionths: firm.location.longitude)
            bytes.append(comma)
            bytes.append(millionths: firm.location.latitude)
            bytes.append(comma)
            bytes.append(contentsOf: texts.codes[firm.industry])
            bytes.append(comma)
            if let employees = firm.employees { bytes.append(digitsOf: employees) }
            bytes.append(comma)
            bytes.append(digitsOf: firm.founded)
            if columns == .full { appendRest(of: firm, texts, to: &bytes) }
            bytes.append(lineFeed)
        }
    }

    /// Appends the truth of rows as CSV: id, planted cluster, its stage and type, and the hometown group; empty for none.
    public func appendTruth(rows: Range<Int>, to bytes: inout [UInt8]) {
        for row in rows {
            let firm = self[row]
            append(identifierOf: row, to: &bytes)
            var fields = ["", "", "", ""]
            if let index = firm.plant {
                let plant = description.plants[index]
                fields = [plant.name, plant.stage.rawValue, plant.type.rawValue, ""]
            }
            fields[3] = hometownGroup(of: firm) ?? ""
            for field in fields {
                bytes.append(comma)
                bytes.append(contentsOf: csvField(field))
            }
            bytes.append(lineFeed)
        }
    }

    /// The identifier of the firm in a row.
    public func identifier(ofRow row: Int) -> String { description.idPrefix + String(row + 1) }

    /// The made-up name of a firm.
    public func name(of firm: SyntheticFirm) -> String {
        let product = firm.plant.map { description.plants[$0].product } ?? description.industries[firm.industry].product
        var bytes: [UInt8] = []
        firm.name.append(product: Array(product.utf8), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The hometown group of a firm's founder: the plant's name with the place for plants, the group's name elsewhere.
    public func hometownGroup(of firm: SyntheticFirm) -> String? {
        guard firm.isOfHometownGroup else { return nil }
        if let plant = firm.plant {
            return description.plants[plant].hometown.map { "\($0.place) in \(description.plants[plant].name)" }
        }
        return groupOfIndustry[firm.industry].map { description.hometownGroups[$0].name }
    }

    /// The town a firm names as its address: its own, or the nearest where it is scattered.
    public func place(of firm: SyntheticFirm) -> Int {
        firm.town ?? nearestTown(to: firm.location)
    }

    private func appendRest(of firm: SyntheticFirm, _ texts: CSVTexts, to bytes: inout [UInt8]) {
        bytes.append(comma)
        if let closed = firm.closed { bytes.append(digitsOf: closed) }
        bytes.append(comma)
        switch firm.origin {
        case .town(let town): bytes.append(contentsOf: texts.towns[town])
        case .elsewhere(let place): bytes.append(contentsOf: texts.elsewhere[place])
        case .hometown:
            let plantHome = firm.plant.flatMap { texts.plantHometowns[$0] }
            bytes.append(contentsOf: plantHome ?? texts.groupPlaces[firm.industry])
        }
        bytes.append(comma)
        bytes.append(contentsOf: texts.ownerships[firm.ownership])
        bytes.append(comma)
        bytes.append(hundredths: firm.exportPercent)
        bytes.append(comma)
        if let parent = firm.parent { append(identifierOf: parent, to: &bytes) }
        bytes.append(comma)
        bytes.append(contentsOf: texts.towns[place(of: firm)])
    }

    private func append(identifierOf row: Int, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: description.idPrefix.utf8)
        bytes.append(digitsOf: row + 1)
    }

    private func nearestTown(to point: Coordinate) -> Int {
        // Degrees of longitude count a little less than degrees of latitude; for naming an address that is near enough.
        let towns = description.towns
        func squaredDistance(_ town: Int) -> Double {
            let dx = (towns[town].center.x - point.x) * 0.88
            let dy = towns[town].center.y - point.y
            return dx * dx + dy * dy
        }
        var best = (town: 0, distance: squaredDistance(0))
        for town in towns.indices.dropFirst() {
            let distance = squaredDistance(town)
            if distance < best.distance { best = (town, distance) }
        }
        return best.town
    }
}

/// The texts of a description as CSV fields, encoded once for all rows of a call.
private struct CSVTexts {
    let codes: [[UInt8]]
    let products: [[UInt8]]
    let plantProducts: [[UInt8]]
    let plantHometowns: [[UInt8]?]
    let groupPlaces: [[UInt8]]
    let towns: [[UInt8]]
    let elsewhere: [[UInt8]]
    let ownerships: [[UInt8]]

    init(_ register: SyntheticRegister) {
        let description = register.description
        codes = register.industryCodes.map(csvField)
        products = description.industries.map { Array($0.product.utf8) }
        plantProducts = description.plants.map { Array($0.product.utf8) }
        plantHometowns = description.plants.map { $0.hometown.map { csvField($0.place) } }
        groupPlaces = register.groupOfIndustry.map { $0.map { csvField(description.hometownGroups[$0].place) } ?? [] }
        towns = description.towns.map { csvField($0.name) }
        elsewhere = description.elsewhere.map(csvField)
        ownerships = description.ownerships.map { csvField($0.kind) }
    }
}

private let comma = UInt8(ascii: ",")
private let lineFeed = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")

/// A field of RFC 4180: in quotes, with quotes doubled, where it holds a comma, a quote or a line break.
private func csvField(_ text: String) -> [UInt8] {
    let special: [UInt8] = [comma, lineFeed, quote, UInt8(ascii: "\r")]
    guard text.utf8.contains(where: special.contains) else { return Array(text.utf8) }
    var field = [quote]
    for byte in text.utf8 {
        if byte == quote { field.append(quote) }
        field.append(byte)
    }
    field.append(quote)
    return field
}

extension [UInt8] {
    fileprivate mutating func append(digitsOf value: Int) {
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    /// A coordinate rounded to six decimals.
    fileprivate mutating func append(millionths value: Double) {
        var scaled = Int((value * 1e6).rounded())
        if scaled < 0 {
            append(UInt8(ascii: "-"))
            scaled = -scaled
        }
        append(digitsOf: scaled / 1_000_000)
        append(UInt8(ascii: "."))
        var rest = scaled % 1_000_000
        for divisor in [100_000, 10_000, 1000, 100, 10, 1] {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
        }
    }

    /// A share in hundredths as 0, 0.05, 0.5 or 1.
    fileprivate mutating func append(hundredths value: Int) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 100))
        guard value % 100 > 0 else { return }
        append(UInt8(ascii: "."))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 100 / 10))
        if value % 10 > 0 { append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)) }
    }
}
