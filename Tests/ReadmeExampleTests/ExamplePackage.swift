import FirmClustersTestSupport
import Foundation

/// A package of somebody else's that holds the Swift example of `README.md` and depends on this one: it sees products
/// only, as users do.
struct ExamplePackage {
    /// Builds are kept beside those of the project, in a folder of their own: a test runs while the project's is locked.
    private static let scratch = SharedFolder.projectFolder.appendingPathComponent(".build-example")

    let folder = Self.scratch.appendingPathComponent("package")
    /// The text of the example.
    let source: String

    /// Writes the package anew. What was built of it before stays, so that only changes are built again.
    init() throws {
        let project = SharedFolder.projectFolder
        let readme = try String(contentsOf: project.appendingPathComponent("README.md"), encoding: .utf8)
        let blocks = readme.matches(of: /(?m)^```swift\n((?s).*?)^```$/).map { String($0.1) }
        guard blocks.count == 1 else {
            throw Failure(description: "README.md has \(blocks.count) Swift examples, not one")
        }
        source = blocks[0]

        let sources = folder.appendingPathComponent("Sources/Example")
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        try Self.write(source, to: sources.appendingPathComponent("main.swift"))
        try Self.write(Self.manifest(project), to: folder.appendingPathComponent("Package.swift"))
        // The same versions of the dependencies as the project's, which are at hand.
        let pins = project.appendingPathComponent("Package.resolved")
        if let text = try? String(contentsOf: pins, encoding: .utf8) {
            try Self.write(text, to: folder.appendingPathComponent("Package.resolved"))
        }
        let data = folder.appendingPathComponent("SampleData")
        try? FileManager.default.removeItem(at: data)
        try FileManager.default.createSymbolicLink(
            at: data, withDestinationURL: project.appendingPathComponent("SampleData"))
    }

    /// Builds and runs the example in the folder of its package.
    /// - Returns: what it printed.
    func run() throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "swift", "run", "--package-path", folder.path, "--scratch-path",
            Self.scratch.appendingPathComponent("build").path, "--disable-sandbox", "Example",
        ]
        process.currentDirectoryURL = folder
        let messages = Self.scratch.appendingPathComponent("messages.txt")
        try Data().write(to: messages)
        let (output, errors) = (Pipe(), try FileHandle(forWritingTo: messages))
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: printed, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            let said = (try? String(contentsOf: messages, encoding: .utf8)) ?? ""
            throw Failure(description: "the example ends with \(process.terminationStatus): \(said)\(text)")
        }
        return text
    }

    private static func manifest(_ project: URL) -> String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "Example",
            platforms: [.macOS(.v15)],
            dependencies: [.package(name: "FirmClusters", path: "\(project.path)")],
            targets: [
                .executableTarget(
                    name: "Example", dependencies: [.product(name: "FirmClusters", package: "FirmClusters")],
                    swiftSettings: [.treatAllWarnings(as: .error)])
            ])

        """
    }

    /// Leaves a file alone that is so already: a newer one would be compiled again.
    private static func write(_ text: String, to file: URL) throws {
        if let old = try? String(contentsOf: file, encoding: .utf8), old == text { return }
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
