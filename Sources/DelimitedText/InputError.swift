/// Why input cannot be read at all, as against rows that are left out one by one.
///
/// Says where (file, line, column) and what to do about it; `category` decides the exit code of a command.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure it is, after BSD `sysexits.h`.
    public enum Category: Sendable, Equatable {
        /// The request cannot be met whatever the data: exit code 64.
        case usage
        /// The data is not what was asked for: exit code 65.
        case badData
        /// There is nothing to read, or it may not be read: exit code 66.
        case noInput
        /// The system failed while reading: exit code 74.
        case inputOutput
    }

    /// What kind of failure it is.
    public var category: Category
    /// The file as the user named it, `-` for standard input.
    public var file: String?
    /// The line on which the record starts, counted from 1.
    public var line: Int?
    /// The header of the column.
    public var column: String?
    /// What is wrong and, where it can be said, what to do about it.
    public var message: String

    /// Makes one of these values.
    public init(
        _ category: Category, file: String? = nil, line: Int? = nil, column: String? = nil, _ message: String
    ) {
        self.category = category
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    public var description: String {
        var place: [String] = []
        if let file { place.append(file == "-" ? "standard input" : file) }
        if let line { place.append("line \(line)") }
        if let column { place.append("column \(column)") }
        return place.isEmpty ? message : place.joined(separator: ", ") + ": " + message
    }
}
