import DelimitedText
import FirmModel

/// Which column of a file plays which role: named by the user, or recognized by its header.
struct ColumnChoice {
    enum Coordinates {
        case pair(x: Int, y: Int)
        case location(Int)
    }

    let header: [String]
    private let frame: CoordinateFrame
    private(set) var coordinates: Coordinates?
    private(set) var industry: Int?
    private(set) var employment: [Int] = []
    private(set) var identifier: Int?
    private(set) var name: Int?
    private(set) var place: Int?
    private(set) var stratum: Int?
    private(set) var region: Int?
    /// The columns that are carried along as texts: those asked for, then those of further codes.
    private(set) var kept: [Int] = []
    private(set) var filters: [(column: Int, value: [UInt8])] = []
    /// The roles as they were given out, for the report.
    private(set) var roles: [(role: String, column: Int)] = []

    private let folded: [String]
    /// Columns by their folded header: files can have a great many of them.
    private let columnsByHeader: [String: [Int]]
    private let sample: [[String]]
    private let file: String

    /// - Parameters:
    ///   - frame: what the coordinates of the register will be.
    ///   - isComplete: a register cannot do without coordinates and industries; a survey can.
    /// - Throws: ``InputError``: bad data for a column that is missing or ambiguous, usage for options that contradict.
    init(
        header: [String], sample: [[String]], file: String, options: ReadingOptions, frame: CoordinateFrame,
        isComplete: Bool
    ) throws(InputError) {
        self.header = header
        self.sample = sample
        self.file = file
        let folded = header.map(HeaderFolding.folded)
        self.folded = folded
        columnsByHeader = Dictionary(grouping: folded.indices) { folded[$0] }
        self.frame = frame

        try chooseCoordinates(options)
        if isComplete, coordinates == nil { throw missingCoordinates() }
        industry = try choose(.industry, named: options.industry)
        if isComplete, industry == nil { throw missing("industry", "--industry COLUMN") }
        if options.employment.isEmpty {
            employment = try choose(.employment, named: nil).map { [$0] } ?? []
        } else {
            for column in options.employment { employment.append(try take(column, as: "employment")) }
        }
        identifier =
            options.identifierUse == .ignored ? nil : try choose(.identifier, named: options.identifier)
        // Names are many bytes and often those of persons: they are read only when asked for.
        name = try options.name.map { (header) throws(InputError) in try take(header, as: ColumnRole.name.rawValue) }
        place = try choose(.place, named: options.place)
        stratum = try choose(.stratum, named: options.stratum)
        region = try choose(.region, named: options.region)
        for column in options.kept { kept.append(try take(column, as: "keep")) }
        for column in options.furtherIndustries {
            kept.append(try take(column, as: ColumnRole.furtherIndustry.rawValue))
        }
        for filter in options.filters {
            filters.append((try take(filter.column, as: "where"), Array(filter.value.trimmed.utf8)))
        }
    }

    /// The role of a column by its number, nil when it has none.
    func role(of column: Int) -> String? { roles.first { $0.column == column }?.role }

    // MARK: Coordinates

    private mutating func chooseCoordinates(_ options: ReadingOptions) throws(InputError) {
        let names = [options.longitude ?? options.latitude, options.x ?? options.y, options.location].compactMap { $0 }
        guard names.count <= 1 else {
            throw InputError(.usage, "name the coordinates one way: --lon and --lat, or --x and --y, or --location")
        }
        if let location = options.location {
            guard frame.isGeographic else {
                throw InputError(
                    .usage, "--location holds latitude and longitude; it does not go with a --crs in meters")
            }
            coordinates = .location(try take(location, as: ColumnRole.location.rawValue))
            return
        }
        if options.x ?? options.y != nil, options.frame == nil {
            throw InputError(.usage, "--x and --y need --crs (EPSG:…, or local for meters without a place)")
        }
        let prefersPlane = !frame.isGeographic
        if options.x ?? options.y != nil {
            // In a geographic system x is the longitude.
            coordinates =
                prefersPlane
                ? try choosePair(.x, options.x, .y, options.y)
                : try choosePair(.longitude, options.x, .latitude, options.y)
        } else if options.longitude ?? options.latitude != nil {
            coordinates = try choosePair(.longitude, options.longitude, .latitude, options.latitude)
        } else if prefersPlane {
            coordinates = try choosePair(.x, nil, .y, nil)
            if coordinates == nil { coordinates = try choosePair(.longitude, nil, .latitude, nil) }
        } else {
            coordinates = try choosePair(.longitude, nil, .latitude, nil)
            if coordinates == nil { coordinates = try chooseLocation() }
        }
    }

    private mutating func choosePair(
        _ first: ColumnRole, _ firstName: String?, _ second: ColumnRole, _ secondName: String?
    ) throws(InputError) -> Coordinates? {
        let isNamed = firstName ?? secondName != nil
        if !isNamed {
            guard try recognize(first) != nil, try recognize(second) != nil else { return nil }
        }
        guard let x = try choose(first, named: firstName) else {
            throw missing(first.rawValue, "\(first.option) COLUMN")
        }
        guard let y = try choose(second, named: secondName) else {
            throw missing(second.rawValue, "\(second.option) COLUMN")
        }
        return .pair(x: x, y: y)
    }

    /// A column called "location" is as often an address: it counts only if its texts are coordinates.
    private mutating func chooseLocation() throws(InputError) -> Coordinates? {
        guard let column = try recognize(.location) else { return nil }
        let holdsCoordinates = sample.contains { row in
            guard column < row.count else { return false }
            var text = row[column]
            return text.withUTF8 { LocationText.coordinate($0) } != nil
        }
        guard holdsCoordinates else { return nil }
        roles.append((ColumnRole.location.rawValue, column))
        return .location(column)
    }

    private func missingCoordinates() -> InputError {
        let plane = folded.contains("x") && folded.contains("y")
        let hint = plane ? "; if X and Y are projected, say so with --crs" : ""
        return missing("longitude and latitude", "--lon and --lat, --x, --y and --crs, or --location" + hint)
    }

    // MARK: Columns by name and by header

    private mutating func choose(_ role: ColumnRole, named name: String?) throws(InputError) -> Int? {
        if let name { return try take(name, as: role.rawValue) }
        guard let column = try recognize(role) else { return nil }
        roles.append((role.rawValue, column))
        return column
    }

    private func recognize(_ role: ColumnRole) throws(InputError) -> Int? {
        for usual in role.usualHeaders {
            let found = usual.flatMap { columnsByHeader[$0, default: []] }
                .filter { column in !roles.contains { $0.column == column } }.sorted()
            if found.count > 1 {
                let names = found.map { "'\(header[$0])'" }.joined(separator: ", ")
                throw InputError(
                    .badData, file: file,
                    "\(names) could each be the \(role.rawValue); choose with \(role.option) COLUMN")
            }
            if let column = found.first { return column }
        }
        return nil
    }

    /// The column with this header; failing that, the only one that is the same but for case, accents and punctuation.
    private mutating func take(_ wanted: String, as role: String) throws(InputError) -> Int {
        var found = header.indices.filter { header[$0] == wanted }
        if found.isEmpty {
            let folding = HeaderFolding.folded(wanted)
            found = folding.isEmpty ? [] : folded.indices.filter { folded[$0] == folding }
        }
        guard let column = found.first else {
            throw InputError(
                .badData, file: file, "there is no column '\(wanted)' for \(role); there are \(listOfHeaders)")
        }
        guard found.count == 1 else {
            throw InputError(.badData, file: file, "\(found.count) columns are called '\(wanted)'; rename all but one")
        }
        roles.append((role, column))
        return column
    }

    private func missing(_ what: String, _ options: String) -> InputError {
        InputError(
            .badData, file: file, "no column for \(what) is recognized among \(listOfHeaders); name it with \(options)")
    }

    private var listOfHeaders: String {
        let shown = header.prefix(60).map { $0.isEmpty ? "(unnamed)" : String($0.prefix(60)) }.joined(separator: ", ")
        return header.count > 60 ? shown + ", … (\(header.count) columns)" : shown
    }
}

extension String {
    var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
