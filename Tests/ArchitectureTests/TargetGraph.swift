import FirmClustersTestSupport
import Foundation

/// The targets of `Package.swift` with their layers and dependencies, read from its text.
///
/// The file itself is the table the sources are held against; its layer comments give the order. It is written by people
/// in one style, so the few patterns below are enough, and what they cannot read makes ``init()`` throw.
struct TargetGraph {
    struct Target {
        var name: String
        /// The number in the `// Layer N` comment above it; nil for tests.
        var layer: Int?
        /// Where it stands in the file, counted from 0.
        var position: Int
        var dependencies: [String]
        /// Its folder, from the top of the project.
        var folder: String
        var isTest: Bool
    }

    var targets: [String: Target] = [:]

    init() throws {
        let url = SharedFolder.projectFolder.appendingPathComponent("Package.swift")
        let text = try String(contentsOf: url, encoding: .utf8)
        // Products declared once above the targets, for use in several.
        var aliases: [String: String] = [:]
        for match in text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
            aliases[String(match.1)] = String(match.2)
        }

        guard let start = text.range(of: "    targets: [") else { throw Unreadable(line: "no targets") }
        var layer: Int?
        var isTest = false
        for block in Self.blocks(String(text[start.upperBound...])) {
            if let comment = block.firstMatch(of: /\/\/ Layer (\d+)/) {
                layer = Int(comment.1)
            } else if block.contains("// Tests") {
                layer = nil
                isTest = true
            }
            guard
                let head = block.firstMatch(
                    of: /\.(systemLibrary|target|executableTarget|testTarget)\(\s*name: "(\w+)"/)
            else { continue }
            let name = String(head.2)
            let list = block.firstMatch(of: /dependencies: \[((?s).*?)\](?:,|\))/).map { String($0.1) } ?? ""
            var dependencies = list.matches(of: /"(\w+)"/).map { String($0.1) }
            for product in list.matches(of: /\.product\(name: "(\w+)", package: "([\w-]+)"\)/) {
                dependencies.removeAll { $0 == product.2 }
            }
            for word in list.matches(of: /\b[a-z]\w+\b/) {
                if let product = aliases[String(word.0)] { dependencies.append(product) }
            }
            let path = block.firstMatch(of: /path: "([^"]+)"/).map { String($0.1) }
            let isTestTarget = head.1 == "testTarget"
            targets[name] = Target(
                name: name, layer: isTest ? nil : layer, position: targets.count, dependencies: dependencies,
                folder: path ?? (isTestTarget ? "Tests/\(name)" : "Sources/\(name)"), isTest: isTest)
        }
        guard targets.count > 20 else { throw Unreadable(line: "only \(targets.count) targets") }
    }

    struct Unreadable: Error { var line: String }

    /// One text for each target: from its line, with the comments above it, up to the next.
    private static func blocks(_ text: String) -> [String] {
        var blocks: [String] = []
        var current = ""
        var hasTarget = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let startsTarget = line.hasPrefix("        .")
            let startsComment = line.hasPrefix("        //")
            if hasTarget, startsTarget || startsComment {
                blocks.append(current)
                current = ""
                hasTarget = false
            }
            if startsTarget { hasTarget = true }
            current += line + "\n"
        }
        return blocks + [current]
    }
}
