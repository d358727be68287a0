import Foundation

/// An input file that is gone when the test is over.
public final class TemporaryInput {
    public let path: String

    public init(_ bytes: some Sequence<UInt8>, name: String = "input.csv") throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("firms-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        path = file.path
    }

    public convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

    deinit {
        try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }
}
