import FirmClustersTestSupport
import Foundation
import Testing

/// Ctrl-C in the middle: exit code 130 and nothing left behind.
@Suite struct InterruptionTests {
    private let outputs = [
        "-o", "clusters.geojson", "--table", "table.csv", "--members", "members.csv", "--rejects", "rejects.csv",
    ]

    /// Interrupts a process once the unfinished files of its outputs are there, which is when the work begins.
    private func interrupt(_ workspace: CommandWorkspace, _ process: Process, after seconds: Double = 0.2) {
        let id = process.processIdentifier
        Thread.detachNewThread {
            for _ in 0..<3000 {
                let names = (try? workspace.names()) ?? []
                if names.contains(where: { $0.hasSuffix(".partial") }) { break }
                Thread.sleep(forTimeInterval: 0.01)
            }
            Thread.sleep(forTimeInterval: seconds)
            kill(id, SIGINT)
        }
    }

    @Test func duringTheWork() async throws {
        let workspace = try CommandWorkspace()
        // 600,000 firms: seconds of reading in a debug build.
        var block = ""
        for index in 0..<1000 { block += "120.\(index % 40 + 100),27.\(index / 40 + 100),\(10 + index % 7)\n" }
        try workspace.write("firms.csv", "lon,lat,industry\n" + String(repeating: block, count: 600))
        let run = try await workspace.run(["detect", "firms.csv"] + outputs) { interrupt(workspace, $0) }
        #expect(run.status == 130)
        #expect(run.output.isEmpty)
        #expect(run.messages.hasSuffix("firmclusters: error: interrupted\n"))
        #expect(try workspace.names() == ["firms.csv"])
    }

    @Test func whileInputIsAwaited() async throws {
        // Standard input stays open and silent: the process is stuck in a read when the signal comes.
        let workspace = try CommandWorkspace()
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("lon,lat,industry\n1,1,A\n".utf8))
        let run = try await workspace.run(["detect", "-"] + outputs, input: .pipe(pipe)) { interrupt(workspace, $0) }
        #expect(run.status == 130)
        #expect(run.messages == "firmclusters: error: interrupted\n")
        #expect(try workspace.names().isEmpty)
        try pipe.fileHandleForWriting.close()
    }

    @Test func whileSimulating() async throws {
        // A second is enough to read sixty firms, and far too little for a million simulations.
        let workspace = try CommandWorkspace(firms: SmallRegister.towns)
        let arguments = ["detect", "firms.csv", "--eps", "300m", "--simulations", "1000000", "--stop-after", "never"]
        let run = try await workspace.run(arguments + outputs) { interrupt(workspace, $0, after: 1) }
        #expect(run.status == 130)
        #expect(run.messages.hasSuffix("firmclusters: error: interrupted\n"))
        #expect(try workspace.names() == ["firms.csv"])
    }

    @Test func whileGenerating() async throws {
        let workspace = try CommandWorkspace()
        let run = try await workspace.run(
            ["generate", "--preset", "country", "--firms", "100000000", "-o", "firms.csv", "--truth", "truth.csv"]
        ) { interrupt(workspace, $0) }
        #expect(run.status == 130)
        #expect(try workspace.names().isEmpty)
    }
}
