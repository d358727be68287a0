public import DelimitedText
public import FirmModel
public import IndustryClassifications

/// How a file is to be read: which column means what, which rows count, and in what form they come.
///
/// Columns are named by their headers. What is not named is looked for among the usual names (``ColumnRole``).
public struct ReadingOptions: Sendable {
    /// Longitude and latitude in degrees.
    public var longitude: String?
    /// The column of latitudes.
    public var latitude: String?
    /// Easting and northing, or x and y; they need `frame`. In a geographic system they are longitude and latitude.
    public var x: String?
    /// The column of northings.
    public var y: String?
    /// What the coordinates of the file are; geographic when nil. `.projected` may name any system that PROJ knows: the
    /// register is in meters where its coordinates are lengths, and geographic where they are angles.
    public var frame: CoordinateFrame?
    /// One column of text like `(37.75, -122.41)`, latitude first, or `POINT (-122.41 37.75)`.
    public var location: String?
    /// The column of industry codes.
    public var industry: String?
    /// How many characters of the normalized code to keep; all when nil.
    public var level: Int?
    /// Columns of employees; they are added up.
    public var employment: [String] = []
    /// A file with the columns label, low, high that says what bands of employment mean.
    public var employmentBands: String?
    /// The column that tells firms apart; line numbers do where there is none.
    public var identifier: String?
    /// What that column is read for.
    public var identifierUse: IdentifierUse = .kept
    /// The column of firm names.
    public var name: String?
    /// The column of places that clusters are named after.
    public var place: String?
    /// The column of strata, within which codes are dealt anew when a register is simulated: any text.
    public var stratum: String?
    /// The column of the regions that firms are counted in: any text.
    public var region: String?
    /// Columns of further industry codes of a firm, one code or several; ``RegisterReading/furtherIndustries``.
    public var furtherIndustries: [String] = []
    /// Columns to carry along.
    public var kept: [String] = []
    /// Rows must meet all of these to be read at all.
    public var filters: [RowFilter] = []
    /// The delimiter and encoding, where they are not to be detected.
    public var form = DialectHints()
    /// The code list that codes are held against.
    public var classification: Classification?
    /// Makes the first bad row an error.
    public var isStrict = false
    /// Keeps every rejected row for a report, not only the first of each reason.
    public var keepsRejectedRows = false

    /// Everything recognized and detected, nothing left out.
    public init() {}

    /// The code that a text means, as reading makes it: normalized, and cut to ``level``. Nil where there is none.
    public func industryCode(of text: some StringProtocol) -> String? {
        let text = String(text).trimmed
        guard !MissingValue.isMissing(text) else { return nil }
        let code = IndustryCode.truncated(IndustryCode.normalized(text), level: level)
        return code.isEmpty ? nil : code
    }
}

/// What identifiers are read for: the less, the less time and memory reading takes.
public enum IdentifierUse: Sendable {
    /// Nothing: repeated ones are not found.
    case ignored
    /// Rows that repeat one are rejected.
    case checked
    /// Rows that repeat one are rejected, and the register keeps them.
    case kept
}

/// Lets rows pass whose column holds exactly this text, spaces around it aside.
public struct RowFilter: Sendable, Equatable {
    /// The header of the column.
    public var column: String
    /// What it has to hold.
    public var value: String

    /// A filter for one column.
    public init(column: String, value: String) {
        self.column = column
        self.value = value
    }
}
