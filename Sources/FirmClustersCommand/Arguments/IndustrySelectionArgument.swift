import FirmClusters

extension IndustrySelection {
    /// What follows `--industries`: codes separated by commas, or the beginning of codes with its `*`, spelled as the codes
    /// of a register are.
    init(argument: String) throws {
        let patterns = argument.split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }.map { pattern in
            pattern.hasSuffix("*")
                ? IndustryCode.normalized(String(pattern.dropLast())) + "*" : IndustryCode.normalized(pattern)
        }
        guard !patterns.isEmpty else { throw UsageError("--industries names no code") }
        self.init(patterns)
    }
}
