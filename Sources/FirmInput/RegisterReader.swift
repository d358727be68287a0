import DelimitedText
public import FirmModel
import IndustryClassifications
public import ParallelWork

/// A register as it was read.
public struct RegisterReading: Sendable {
    /// The accepted rows.
    public var register: FirmRegister
    /// What ``ReadingOptions/furtherIndustries`` hold, column by column and as it is written, for each accepted row.
    public var furtherIndustries: [TextColumn]
    /// Where they came from and what became of the others.
    public var source: RegisterSource
    /// Rejected rows in the order of the input: all with ``ReadingOptions/keepsRejectedRows``, else the first of each
    /// reason in each block of the file.
    public var rejectedRows: [RejectedRow]
    /// What the user should know of.
    public var warnings: [String]
}

/// Reads registers of firms from delimited text.
///
///     var options = ReadingOptions()
///     options.level = 3
///     let reading = try RegisterReader.read(["denue_06.csv"], options: options)
///     print(reading.register.count, reading.source.rejected)
///
/// A row that cannot be used is rejected for one reason, the first that holds of: broken quoting, field too large, bad
/// bytes, wrong field count; then, for rows that the filters let pass, missing coordinate, not a number, out of range,
/// 0/0 island, missing industry, negative weight, duplicate id. Accepted and rejected rows make up the rows read.
public enum RegisterReader {
    /// Reads a register with coordinates and industries.
    ///
    /// - Parameters:
    ///   - paths: files with the same header, read one after the other; `-` is standard input.
    ///   - progress: hears of the bytes read.
    /// - Returns: the firms in the order of the input, whatever the number of workers.
    /// - Throws: ``InputError`` when there is nothing to read or a column is missing or ambiguous; ``UnusableRegister`` when
    ///   no row is usable, longitude and latitude are exchanged, or, with ``ReadingOptions/isStrict``, a row is rejected;
    ///   `ProjectionError` for a coordinate system that PROJ does not know; `WorkCancelled`.
    /// - Complexity: linear in the bytes; memory linear in the accepted rows.
    public static func read(
        _ paths: [String], options: ReadingOptions = ReadingOptions(), workers: Workers = Workers(),
        progress: any WorkProgress = SilentProgress()
    ) throws -> RegisterReading {
        let columns = try RegisterColumns.read(
            paths, options: options, isComplete: true, workers: workers, progress: progress)
        guard let register = try columns.register() else {
            throw InputError(.badData, file: paths.first, "no row is usable")
        }
        return RegisterReading(
            register: register, furtherIndustries: columns.furtherIndustries, source: columns.source,
            rejectedRows: columns.rejectedRows,
            warnings: columns.warnings)
    }
}
