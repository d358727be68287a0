/// A row of the input that did not become a firm, with where it stands and what was wrong.
public struct RejectedRow: Sendable, Equatable {
    /// The name of the file without its folder, `-` for standard input.
    public var file: String
    /// The line on which the record starts, counted from 1.
    public var line: Int
    /// Why it did not become a firm.
    public var reason: RejectionReason
    /// The header of the column at fault; nil when it is the row as a whole.
    public var column: String?
    /// The text at fault.
    public var text: String

    /// Makes one of these values.
    public init(file: String, line: Int, reason: RejectionReason, column: String?, text: String) {
        self.file = file
        self.line = line
        self.reason = reason
        self.column = column
        self.text = text
    }
}
