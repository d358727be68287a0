/// A register of firms as columns: one row for each accepted firm, in the order in which they were read.
///
/// Build one from arrays, or read it from CSV with `FirmInput`:
///
///     let register = try FirmRegister(
///         frame: .geographic, x: longitudes, y: latitudes, industry: CategoryColumn(codes))
///
/// Memory: 20 bytes a firm for coordinates and industry, 8 more with employment, and the texts that are carried along.
public struct FirmRegister: Sendable {
    /// What `x` and `y` are.
    public let frame: CoordinateFrame
    /// Longitude in degrees, or x in meters.
    public let x: [Double]
    /// Latitude in degrees, or y in meters.
    public let y: [Double]
    /// The industry code at the level in use; never missing.
    public let industry: CategoryColumn
    /// Employees of each firm, NaN where the value is missing; nil when the register has no such column.
    public let employment: [Double]?
    /// The identifier of each firm; empty, or nil for all, where firms are named by their line number.
    public let identifier: TextColumn?
    /// The line in its file on which each firm's record starts, counted from 1; empty for registers not read from a file.
    public let lineNumber: LineNumbers
    /// The commonest value among a cluster's members names the cluster's place.
    public let place: CategoryColumn?
    /// Within what codes are dealt anew when registers are simulated: a region, a year, a legal form; nil for all firms together.
    public let stratum: CategoryColumn?
    /// The part of the ground that each firm is counted in; nil where nobody asked for one.
    public let region: CategoryColumn?
    /// Names of the firms.
    public let name: TextColumn?
    /// Further columns carried along, by header, in the order asked for.
    public let kept: [(header: String, values: TextColumn)]

    /// - Throws: ``RegisterError`` when columns differ in length, a coordinate is not finite or outside its range, an
    ///   industry is missing, or an employment is negative.
    public init(
        frame: CoordinateFrame, x: [Double], y: [Double], industry: CategoryColumn, employment: [Double]? = nil,
        identifier: TextColumn? = nil, lineNumber: LineNumbers = [], place: CategoryColumn? = nil,
        stratum: CategoryColumn? = nil, region: CategoryColumn? = nil, name: TextColumn? = nil,
        kept: [(header: String, values: TextColumn)] = []
    ) throws(RegisterError) {
        let count = x.count
        let lengths: [(String, Int?)] =
            [
                ("y", y.count), ("industry", industry.count), ("employment", employment?.count),
                ("identifier", identifier?.count), ("lineNumber", lineNumber.isEmpty ? nil : lineNumber.count),
                ("place", place?.count), ("stratum", stratum?.count), ("region", region?.count), ("name", name?.count),
            ] + kept.map { ($0.header, $0.values.count) }
        for (column, length) in lengths {
            if let length, length != count {
                throw .columnLength(column: column, expected: count, found: length)
            }
        }
        guard count < Int(Int32.max) else { throw .tooManyFirms(count) }
        let limit = Self.coordinateLimit(in: frame)
        // Whole columns are looked at first, in loops without a way out, which run several rows at a time.
        let isSound =
            Self.isWithin(limit.x, x) && Self.isWithin(limit.y, y)
            && industry.indices.reduce(Int32.max, min) > CategoryColumn.missing
            && (employment ?? []).reduce(0) { $0 &+ ($1 < 0 ? 1 : 0) } == 0
        for row in isSound ? 0..<0 : 0..<count {
            guard abs(x[row]) <= limit.x, abs(y[row]) <= limit.y
            else { throw .coordinateOutOfRange(row: row, x: x[row], y: y[row]) }
            if industry.indices[row] == CategoryColumn.missing { throw .missingIndustry(row: row) }
            if let employees = employment?[row], employees < 0 { throw .negativeEmployment(row: row, value: employees) }
        }
        self.frame = frame
        self.x = x
        self.y = y
        self.industry = industry
        self.employment = employment
        self.identifier = identifier
        self.lineNumber = lineNumber
        self.place = place
        self.stratum = stratum
        self.region = region
        self.name = name
        self.kept = kept
    }

    /// The largest |x| and |y| that a firm can have: 180° and 90°, or a million kilometers.
    public static func coordinateLimit(in frame: CoordinateFrame) -> (x: Double, y: Double) {
        frame.isGeographic ? (180, 90) : (1e9, 1e9)
    }

    /// Whether no magnitude is above a limit, and none is no number.
    private static func isWithin(_ limit: Double, _ values: [Double]) -> Bool {
        var beyond = 0
        for value in values { beyond &+= abs(value) <= limit ? 0 : 1 }
        return beyond == 0
    }

    /// The number of firms.
    public var count: Int { x.count }

    /// Where the firm of a row is.
    public func coordinate(_ row: Int) -> Coordinate { Coordinate(x: x[row], y: y[row]) }

    /// The employees of a firm, nil where the register does not say.
    public func employees(_ row: Int) -> Double? {
        guard let value = employment?[row], !value.isNaN else { return nil }
        return value
    }

    /// What a firm is called in output: its identifier, else its line number, else its row counted from 1.
    public func label(_ row: Int) -> String {
        if let identifier, !identifier.utf8(row).isEmpty { return identifier[row] }
        return lineNumber.isEmpty ? String(row + 1) : String(lineNumber[row])
    }
}

/// Why arrays do not make a register.
public enum RegisterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A column has not a value for each firm.
    case columnLength(column: String, expected: Int, found: Int)
    /// More firms than 32 bits can number.
    case tooManyFirms(Int)
    /// A coordinate is not finite, or beyond ``FirmRegister/coordinateLimit(in:)``.
    case coordinateOutOfRange(row: Int, x: Double, y: Double)
    /// A firm has no industry code.
    case missingIndustry(row: Int)
    /// A firm has fewer than 0 employees.
    case negativeEmployment(row: Int, value: Double)

    public var description: String {
        switch self {
        case .columnLength(let column, let expected, let found):
            "column \(column) has \(found) values where \(expected) firms need one each"
        case .tooManyFirms(let count):
            "\(count) firms; one register holds at most \(Int32.max - 1)"
        case .coordinateOutOfRange(let row, let x, let y):
            "firm \(row): coordinates (\(x), \(y)) are not finite or out of range"
        case .missingIndustry(let row):
            "firm \(row) has no industry code"
        case .negativeEmployment(let row, let value):
            "firm \(row) has \(value) employees"
        }
    }
}
