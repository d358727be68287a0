/// How records and fields are told apart in a file.
///
/// Quoting is that of RFC 4180: a field may be enclosed in `"`, and a quote inside it is doubled. A quote that is not the
/// first byte of its field is an ordinary character.
public struct Dialect: Sendable, Equatable {
    /// The byte between fields.
    public var delimiter: UInt8
    /// The byte that ends a line: LF (a CR before it belongs to the line end), or CR alone.
    public var lineEnd: UInt8

    /// A dialect with this delimiter; lines end with LF or CR LF unless another end is given.
    public init(delimiter: UInt8, lineEnd: UInt8 = Dialect.lineFeed) {
        self.delimiter = delimiter
        self.lineEnd = lineEnd
    }

    /// `,`
    public static let comma = UInt8(ascii: ",")
    /// `;`
    public static let semicolon = UInt8(ascii: ";")
    /// The tabulator.
    public static let tab = UInt8(ascii: "\t")
    /// `|`
    public static let pipe = UInt8(ascii: "|")
    /// LF, with or without a CR before it.
    public static let lineFeed: UInt8 = 0x0A
    /// CR alone.
    public static let carriageReturn: UInt8 = 0x0D
    static let quote = UInt8(ascii: "\"")

    /// Whether a comma in a number can be a decimal comma: it cannot be a delimiter.
    public var allowsDecimalComma: Bool { delimiter != Self.comma }

    /// The delimiter in words, for messages.
    public var delimiterName: String {
        switch delimiter {
        case Self.comma: "comma"
        case Self.semicolon: "semicolon"
        case Self.tab: "tab"
        case Self.pipe: "pipe"
        default: String(UnicodeScalar(delimiter))
        }
    }

    /// The delimiter that people mean: one of the four in words, or the character itself (`\t` too).
    public static func delimiter(named name: String) -> UInt8? {
        switch name.lowercased() {
        case ",", "comma": comma
        case ";", "semicolon": semicolon
        case "\t", "\\t", "tab": tab
        case "|", "pipe": pipe
        default: nil
        }
    }
}

/// What is known of a file's form beforehand; what is nil is detected.
public struct DialectHints: Sendable, Equatable {
    /// The byte between fields.
    public var delimiter: UInt8?
    /// How bytes stand for characters.
    public var encoding: TextEncoding?

    /// Hints; nothing is known without any.
    public init(delimiter: UInt8? = nil, encoding: TextEncoding? = nil) {
        self.delimiter = delimiter
        self.encoding = encoding
    }
}

/// Bounds that keep a broken file from filling the memory.
public struct RecordLimits: Sendable, Equatable {
    /// The longest field, in bytes. A quoted field that does not close within it is broken.
    public var field: Int
    /// The longest record, in bytes; longer ones are cut off at the next line end.
    public var record: Int
    /// The bytes of a file that are looked at to find its encoding and dialect.
    public var sample: Int
    /// The bytes that a worker takes at a time.
    public var block: Int

    /// Limits in bytes; a record may be at least as long as a field.
    public init(field: Int = 1 << 20, record: Int = 16 << 20, sample: Int = 1 << 20, block: Int = 1 << 20) {
        self.field = max(1, field)
        self.record = max(self.field, record)
        self.sample = max(1, sample)
        self.block = max(1, block)
    }
}
