/// Why a row of the input did not become a firm. The raw value is the text used in summaries and rejects files.
public enum RejectionReason: String, Sendable, Hashable, CaseIterable {
    case brokenQuoting = "broken quoting"
    case wrongFieldCount = "wrong field count"
    case badBytes = "bad bytes"
    case fieldTooLarge = "field too large"
    case missingCoordinate = "missing coordinate"
    case notANumber = "not a number"
    case outOfRange = "out of range"
    case nullIsland = "0/0 island"
    case missingIndustry = "missing industry"
    case negativeWeight = "negative weight"
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
        public var byteCount: Int

        public init(name: String, sha256: String, byteCount: Int) {
            self.name = name
            self.sha256 = sha256
            self.byteCount = byteCount
        }
    }

    public var files: [File]
    /// What each role was read from, for example ("longitude", "LON"); in the order of the roles.
    public var columns: [(role: String, header: String)]
    public var encoding: String
    public var delimiter: String
    /// Data rows in all files after `--where` filters; accepted + rejected.
    public var rowsRead: Int
    /// Rows that the filters left out; not part of `rowsRead`.
    public var rowsFilteredOut: Int
    public var rowsAccepted: Int
    /// Rows by the reason they were rejected for; reasons without rows are absent.
    public var rejected: [RejectionReason: Int]
    /// Accepted rows whose employment is empty or cannot be read.
    public var employmentMissing: Int
    /// Accepted rows whose industry code is not in the classification in use; nil without a classification.
    public var unknownCodes: Int?

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
