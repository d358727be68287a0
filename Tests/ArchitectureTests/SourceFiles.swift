import FirmClustersTestSupport
import Foundation

/// A source file and the modules it imports.
struct SourceFile {
    /// From the top of the project.
    var path: String
    var lines: [Substring]

    /// The modules named in import lines of any form: `public import A`, `@testable import A`, `import struct A.B`.
    var imports: [String] {
        lines.compactMap { line in
            let pattern =
                /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let|actor)\s+)?(\w+)/
            return line.firstMatch(of: pattern).map { String($0.1) }
        }
    }

    /// Every file with one of `extensions` below a folder of the project.
    static func all(below folder: String, extensions: Set<String>) throws -> [SourceFile] {
        try paths(below: folder)
            .filter { extensions.contains(($0 as NSString).pathExtension) }
            .map { path in
                let url = SharedFolder.projectFolder.appendingPathComponent(path)
                let text = try String(contentsOf: url, encoding: .utf8)
                return SourceFile(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
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
