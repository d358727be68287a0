public import DelimitedText
public import FirmModel

/// Files were read to their end, but their rows make no register: none is usable, longitude and latitude are exchanged, or
/// a row was rejected where none may be.
public struct UnusableRegister: Error, Sendable, CustomStringConvertible {
    /// What is wrong, and where.
    public let reason: InputError
    /// The rejected rows in the order of the input: all with ``ReadingOptions/keepsRejectedRows``, else the first of each
    /// reason in each block of the file.
    public let rejectedRows: [RejectedRow]

    public var description: String { reason.description }
}
