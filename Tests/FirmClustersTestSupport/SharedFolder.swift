public import Foundation

/// The folder of golden answers and real registers beside the project. It is there for developers and continuous
/// integration, not for users: tests that need it skip without it.
public enum SharedFolder {
    /// `../shared`, seen from the project's top folder.
    public static let url: URL = projectFolder.deletingLastPathComponent().appendingPathComponent("shared")

    /// The top folder of the project.
    public static let projectFolder: URL = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file in it, for example `data/langley_bc_2022/Business_Licenses.csv.gz`; nil when it is not there.
    public static func file(_ path: String) -> URL? {
        let file = url.appendingPathComponent(path)
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }

    public static func has(_ path: String) -> Bool { file(path) != nil }
}
