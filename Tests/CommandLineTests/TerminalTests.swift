import FirmClustersTestSupport
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a person at a terminal sees and a pipe does not: a table instead of GeoJSON, and progress.
@Suite struct TerminalTests {
    /// Runs the command with its output and messages on a terminal of its own.
    private func onTerminal(_ arguments: [String]) async throws -> String {
        var (controller, terminal): (Int32, Int32) = (-1, -1)
        try #require(openpty(&controller, &terminal, nil, nil, nil) == 0)
        defer { close(controller) }
        let screen = FileHandle(fileDescriptor: terminal, closeOnDealloc: true)
        let process = Process()
        process.executableURL = try CommandWorkspace.executable()
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = screen
        process.standardError = screen
        try process.run()
        try screen.close()
        // Reading fails, rather than ends, once nobody holds the terminal any more.
        var shown: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(controller, &part, part.count)
            guard count > 0 else { break }
            shown += part[..<count]
        }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: shown, as: UTF8.self)
    }

    @Test func tableAndProgress() async throws {
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let path = workspace.folder.appendingPathComponent("firms.csv").path
        let shown = try await onTerminal(["detect", path, "--eps", "300m"])
        #expect(!shown.contains("FeatureCollection"))
        #expect(shown.contains("Industry") && shown.contains("Liushi"))
        #expect(shown.contains("-o FILE.geojson writes them all"))
        #expect(shown.contains("\r\u{1B}[Kclustering …"))
        let tested = try await onTerminal(["detect", path, "--eps", "300m", "--simulations", "19"])
        #expect(tested.contains("\r\u{1B}[Ksimulating …"))
        #expect(tested.contains(/LLR +p +km²/))
        let patterns = try await onTerminal(["patterns", path])
        #expect(patterns.contains("Industries") && patterns.contains("13 + 25"))
        #expect(patterns.contains("-o FILE.csv writes them all"))
        #expect(patterns.contains("\r\u{1B}[Klooking for patterns …"))
        let calm = try await onTerminal(["detect", path, "--eps", "300m", "--no-progress"])
        #expect(!calm.contains("\u{1B}[K"))
        #expect(calm.contains("2 clusters in 2 industries"))
    }
}
