import DelimitedText
public import FirmModel
public import ParallelWork

/// What is in a file, whether or not it makes a register: registers without coordinates can be surveyed, too.
public struct RegisterSurvey: Sendable {
    /// One column of the file.
    public struct Column: Sendable, Equatable {
        /// What the first rows hold.
        public enum Content: String, Sendable {
            /// Nothing.
            case empty
            /// Numbers only.
            case numbers
            /// Something that is not a number.
            case text
        }

        /// Its name in the header.
        public var header: String
        /// What the column was taken for; nil for the others.
        public var role: String?
        /// What its first rows hold.
        public var content: Content
    }

    /// All columns in the order of the file.
    public var columns: [Column]
    /// Where the rows came from and what became of them.
    public var source: RegisterSource
    /// The industry codes at the level asked for, ascending, with their accepted rows; empty without such a column.
    public var industries: [(code: String, rows: Int)]
    /// The employees of all rows that say so; nil without such a column.
    public var employmentTotal: Double?
    /// The firms, where there are coordinates and industries.
    public var register: FirmRegister?
    /// Rejected rows in the order of the input.
    public var rejectedRows: [RejectedRow]
    /// What the user should know of.
    public var warnings: [String]
}

extension RegisterReader {
    /// Looks at all rows as ``read(_:options:workers:progress:)`` does, but does without what is not there: without
    /// coordinates or industries no row is rejected for lack of them, and there is no register.
    ///
    /// - Throws: as reading does; a column named in `options` must be there.
    public static func survey(
        _ paths: [String], options: ReadingOptions = ReadingOptions(), workers: Workers = Workers(),
        progress: any WorkProgress = SilentProgress()
    ) throws -> RegisterSurvey {
        let columns = try RegisterColumns.read(
            paths, options: options, isComplete: false, workers: workers, progress: progress)
        var rows = [Int](repeating: 0, count: columns.industry?.categories.count ?? 0)
        for index in columns.industry?.indices ?? [] where index >= 0 { rows[Int(index)] += 1 }
        let total = columns.employment.map { $0.reduce(0) { $1.isNaN ? $0 : $0 + $1 } }
        return RegisterSurvey(
            columns: columns.choice.header.enumerated().map { index, header in
                RegisterSurvey.Column(
                    header: header, role: columns.choice.role(of: index), content: content(of: index, columns.sample))
            },
            source: columns.source, industries: Array(zip(columns.industry?.categories ?? [], rows)),
            employmentTotal: total, register: try columns.register(),
            rejectedRows: columns.rejectedRows,
            warnings: columns.warnings)
    }

    private static func content(of column: Int, _ sample: [[String]]) -> RegisterSurvey.Column.Content {
        var hasText = false
        var hasNumber = false
        for row in sample where column < row.count && !row[column].isEmpty {
            var text = row[column]
            if text.withUTF8({ NumberParsing.number($0, decimalComma: true) }) == nil { hasText = true }
            hasNumber = true
        }
        return hasText ? .text : hasNumber ? .numbers : .empty
    }
}
