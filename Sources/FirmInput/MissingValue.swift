/// Texts that stand for "no value": nothing at all, and what R and SQL write for it.
enum MissingValue {
    /// - Precondition: `text` is a field of a cursor.
    @inline(__always)
    static func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= 4 else { return false }
        let word = ShortText.word(text)
        return word == 0 || word == notAvailable || word == slashedNotAvailable || word == sqlNull
            || word == lowerNull
    }

    /// The same of a text from elsewhere.
    static func isMissing(_ text: String) -> Bool { ["", "NA", "N/A", "NULL", "null"].contains(text) }

    // As ``ShortText`` has them.
    private static let notAvailable: UInt64 = 0x41_4E
    private static let slashedNotAvailable: UInt64 = 0x41_2F_4E
    private static let sqlNull: UInt64 = 0x4C_4C_55_4E
    private static let lowerNull: UInt64 = 0x6C_6C_75_6E
}
