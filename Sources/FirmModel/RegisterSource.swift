/// Why a row of the input did not become a firm. The raw value is the text used in summaries and rejects files.
public enum RejectionReason: String, Sendable, Hashable, CaseIterable {
    /// A quoted field never closes, or goes on after its closing quote.
    case brokenQuoting = "broken quoting"
    /// Fewer fields than the header, or more that are not empty.
    case wrongFieldCount = "wrong field count"
    /// Bytes that are no text in the file's encoding.
    case badBytes = "bad bytes"
    /// A field or record beyond the limits of the reader.
    case fieldTooLarge = "field too large"
    /// A coordinate is empty.
    case missingCoordinate = "missing coordinate"
    /// A coordinate is no finite number.
    case notANumber = "not a number"
    /// A coordinate is beyond what its system allows.
    case outOfRange = "out of range"
    /// Longitude and latitude are both 0, as they are where nobody knew them.
    case nullIsland = "0/0 island"
    /// The industry code is empty.
    case missingIndustry = "missing industry"
    /// The employment is below 0.
    case negativeWeight = "negative weight"
    /// An earlier firm has the same identifier.
    case duplicateIdentifier = "duplicate id"
}

/// Where a register came from and what became of its rows: the part of the provenance that reading knows.
public struct RegisterSource: Sendable {
    /// One input file, or standard input.
    public struct File: Sendable, Equatable {
        /// The name without its folder, `-` for standard input.
        public var name: String
        /// SHA-256 of the bytes as they were in the file (compressed, where it was), in hexadecimal.
        public var sha256: String
        /// The size of the file.
        public var byteCount: Int

        /// Makes one of these values.
        public init(name: String, sha256: String, byteCount: Int) {
            self.name = name
            self.sha256 = sha256
            self.byteCount = byteCount
        }
    }

    /// The files in the order in which they were read.
    public var files: [File]
    /// What each role was read from, for example ("longitude", "LON"); in the order of the roles.
    public var columns: [(role: String, header: String)]
    /// How bytes stood for characters; several, joined by commas, where files differ.
    public var encoding: String
    /// What stood between fields, in words; several, joined by commas, where files differ.
    public var delimiter: String
    /// Data rows in all files after `--where` filters; accepted + rejected.
    public var rowsRead: Int
    /// Rows that the filters left out; not part of `rowsRead`.
    public var rowsFilteredOut: Int
    /// Rows that became firms.
    public var rowsAccepted: Int
    /// Rows by the reason they were rejected for; reasons without rows are absent.
    public var rejected: [RejectionReason: Int]
    /// Accepted rows whose employment is empty or cannot be read.
    public var employmentMissing: Int
    /// Accepted rows whose industry code is not in the classification in use; nil without a classification.
    public var unknownCodes: Int?

    /// Makes one of these values.
    public init(
        files: [File] = [], columns: [(role: String, header: String)] = [], encoding: String = "",
        delimiter: String = "",
        rowsRead: Int, rowsFilteredOut: Int = 0, rowsAccepted: Int, rejected: [RejectionReason: Int] = [:],
        employmentMissing: Int = 0, unknownCodes: Int? = nil
    ) {
        self.files = files
        self.columns = columns
        self.encoding = encoding
        self.delimiter = delimiter
        self.rowsRead = rowsRead
        self.rowsFilteredOut = rowsFilteredOut
        self.rowsAccepted = rowsAccepted
        self.rejected = rejected
        self.employmentMissing = employmentMissing
        self.unknownCodes = unknownCodes
    }

    /// A source for a register that was built in memory.
    public static func inMemory(_ register: FirmRegister) -> RegisterSource {
        RegisterSource(rowsRead: register.count, rowsAccepted: register.count)
    }
}
