public import Foundation

/// A folder for one test: the files it puts there, the command run in it, and what the command leaves behind.
public final class CommandWorkspace: Sendable {
    /// How one run of the command ended.
    public struct Run: Sendable {
        /// The exit code; nil when a signal ended the process.
        public let status: Int32?
        public let output: Data
        public let messages: String

        public var text: String { String(decoding: output, as: UTF8.self) }
        public func json() throws -> JSONTree { try JSONTree(parsing: output) }
    }

    /// What the command reads from standard input.
    public enum Input: Sendable {
        case nothing
        case bytes(Data)
        /// The reading end of a pipe that the test writes to.
        case pipe(Pipe)
    }

    /// The working folder of the command.
    public let folder: URL
    /// Where standard output and error are caught; apart, so that `folder` holds only what the command made.
    private let streams: URL

    public init() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("firmclusters-\(UUID().uuidString)")
        folder = root.appendingPathComponent("work")
        streams = root.appendingPathComponent("streams")
        for url in [folder, streams] {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

    // MARK: - Files

    public func write(_ name: String, _ data: Data) throws { try data.write(to: folder.appendingPathComponent(name)) }

    public func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

    public func read(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }

    public func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

    public func json(_ name: String) throws -> JSONTree { try JSONTree(parsing: try read(name)) }

    /// The names of all files in the folder, hidden ones included.
    public func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    // MARK: - Running

    /// Runs the command to its end.
    ///
    /// - Parameters:
    ///   - standardOutput: a device to write to instead of having the output caught.
    ///   - started: called once the process is there, to disturb it.
    public func run(
        _ arguments: [String], input: Input = .nothing, standardOutput: String? = nil,
        started: @Sendable (Process) -> Void = { _ in }
    ) async throws -> Run {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Files instead of pipes: nothing has to be drained while the command runs.
        let name = UUID().uuidString
        let caught = streams.appendingPathComponent("\(name).out")
        let messages = streams.appendingPathComponent("\(name).err")
        for file in [caught, messages] { try Data().write(to: file) }
        let outputHandle = try FileHandle(forWritingTo: standardOutput.map { URL(fileURLWithPath: $0) } ?? caught)
        let messagesHandle = try FileHandle(forWritingTo: messages)
        process.standardOutput = outputHandle
        process.standardError = messagesHandle
        switch input {
        case .nothing: process.standardInput = FileHandle.nullDevice
        case .bytes(let data):
            let file = streams.appendingPathComponent("\(name).in")
            try data.write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        case .pipe(let pipe): process.standardInput = pipe
        }

        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        started(process)
        for await _ in ends {}
        try outputHandle.close()
        try messagesHandle.close()
        return Run(
            status: process.terminationReason == .exit ? process.terminationStatus : nil,
            output: try Data(contentsOf: caught),
            messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
    }

    public func run(_ arguments: String...) async throws -> Run { try await run(arguments) }

    public struct NotBuilt: Error, CustomStringConvertible {
        public let description = "the command firmclusters is not beside the test bundle: build it first"
    }

    /// The command that was built together with the running tests.
    public static func executable() throws -> URL {
        let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }.map { argument in
            var url = URL(fileURLWithPath: argument)
            while url.path.contains(".xctest") { url.deleteLastPathComponent() }
            return url
        }
        let folders =
            bundles + ["debug", "release"].map { SharedFolder.projectFolder.appendingPathComponent(".build/\($0)") }
        for folder in folders {
            let url = folder.appendingPathComponent("firmclusters")
            if FileManager.default.isExecutableFile(atPath: url.path) { return url }
        }
        throw NotBuilt()
    }
}
