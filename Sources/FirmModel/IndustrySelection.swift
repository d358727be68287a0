/// The industries a user names: codes, or beginnings of codes followed by `*`.
public struct IndustrySelection: Sendable, Equatable {
    /// As given, for example `13`, `15*`.
    public let patterns: [String]

    /// A selection of codes, or of beginnings of codes followed by `*`.
    public init(_ patterns: [String]) { self.patterns = patterns }

    /// Whether `code` is one of the patterns or begins like one with `*`.
    public func contains(_ code: String) -> Bool {
        patterns.contains { pattern in
            pattern.hasSuffix("*") ? code.hasPrefix(String(pattern.dropLast())) : code == pattern
        }
    }

    /// The patterns that none of the codes matches.
    public func unmatched(in codes: [String]) -> [String] {
        patterns.filter { pattern in !codes.contains { IndustrySelection([pattern]).contains($0) } }
    }
}
