import FirmClustersTestSupport
import Foundation

/// A source file and the modules it imports.
struct SourceFile {
    /// From the top of the project.
    var path: String
    var text: String

    var lineCount: Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

    /// The modules named in import lines of any form: `public import A`, `@testable import A`, `import struct A.B`.
    var imports: [String] {
        matches(
            #"""
            ^[ \t]*(?:@\w+(?:\([^)]*\))?[ \t]+)*(?:(?:public|package|internal|fileprivate|private)[ \t]+)?import[ \t]+\
            (?:(?:struct|class|enum|protocol|typealias|func|var|let|actor)[ \t]+)?(\w+)
            """#.replacingOccurrences(of: "\\\n", with: ""))
    }

    /// What the first group of `pattern` matches, line by line.
    func matches(_ pattern: String) -> [String] {
        // Swift's own regular expressions take seconds for all files in a debug build.
        guard let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines) else {
            return []
        }
        let text = text as NSString
        return expression.matches(in: self.text, range: NSRange(location: 0, length: text.length))
            .map { text.substring(with: $0.range(at: 1)) }
    }

    /// Every file with one of `extensions` below a folder of the project.
    static func all(below folder: String, extensions: Set<String>) throws -> [SourceFile] {
        try paths(below: folder)
            .filter { extensions.contains(($0 as NSString).pathExtension) }
            .map { path in
                let url = SharedFolder.projectFolder.appendingPathComponent(path)
                let text = try String(contentsOf: url, encoding: .utf8)
                return SourceFile(path: path, text: text)
            }
    }

    /// Files and folders below a folder of the project, without what starts with a dot.
    static func paths(below folder: String) throws -> [String] {
        let url = SharedFolder.projectFolder.appendingPathComponent(folder)
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: url.path)
            .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .map { folder + "/" + $0 }
            .sorted()
    }
}
