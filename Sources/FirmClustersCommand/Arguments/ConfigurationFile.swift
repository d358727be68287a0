import FirmClusters
import Foundation

/// Options from a file: `--config FILE` with lines like
///
///     # the regional study of 2024
///     eps = 800m
///     min-points = 10
///     keep = founded
///     keep = owner
///     strict
///
/// Each line is an option of the subcommand without its dashes; a flag stands alone. An option that is also given on the
/// command line is left out: the command line wins. Lines may end as on any system.
enum ConfigurationFile {
    static func expand(_ arguments: [String]) throws -> [String] {
        guard let path = value(of: "--config", in: arguments), let subcommand = arguments.first else {
            return arguments
        }
        guard !subcommand.hasPrefix("-") else { throw UsageError("--config goes after the subcommand") }
        var text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw InputError(.noInput, file: path, "cannot be read: \(error.localizedDescription)")
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        var inserted: [String] = []
        // A carriage return with its line feed is one character, and not equal to "\n".
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingSpaces
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map(\.trimmingSpaces)
            guard let name = parts.first, !name.isEmpty, !name.hasPrefix("-"), !name.contains(" ") else {
                throw UsageError("\(path), line \(index + 1): '\(line)' is not of the form 'name = value'")
            }
            guard name != "config" else {
                throw UsageError("\(path), line \(index + 1): a configuration names no other")
            }
            let option = "--" + name
            if arguments.contains(where: { $0 == option || $0.hasPrefix(option + "=") || isShort($0, of: name) }) {
                continue
            }
            inserted += parts.count == 2 ? ["\(option)=\(parts[1])"] : [option]
        }
        return [subcommand] + inserted + arguments.dropFirst()
    }

    /// Whether an argument is the one-letter form of an option.
    private static func isShort(_ argument: String, of name: String) -> Bool {
        switch name {
        case "output": argument.hasPrefix("-o")
        case "quiet": argument == "-q"
        default: false
        }
    }

    private static func value(of option: String, in arguments: [String]) -> String? {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { return nil }
            if argument == option, index + 1 < arguments.count { return arguments[index + 1] }
            if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
        }
        return nil
    }
}
