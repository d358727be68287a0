import FirmClustersTestSupport
import Foundation
import Testing

/// The same input, parameters and seed give the same bytes; the order of rows changes nothing that is found.
@Suite struct RepeatabilityTests {
    @Test func threadsDoNotChangeAByte() async throws {
        let workspace = try CommandWorkspace()
        let names = ["clusters.geojson", "table.csv", "members.csv", "composition.csv"]
        var first: [Data] = []
        for threads in ["1", "2", "4"] {
            let run = try await workspace.run(
                "detect", Sample.path("wenzhou_firms.csv"), "--industries", "18*,2710", "--threads", threads, "-o",
                names[0], "--table", names[1], "--members", names[2], "--composition", names[3], "--force")
            #expect(run.status == 0)
            let files = try names.map { try workspace.read($0) }
            if first.isEmpty { first = files } else { #expect(files == first, "\(threads) threads") }
        }
    }

    @Test func shuffledRowsGiveTheSameFeatures() async throws {
        let workspace = try CommandWorkspace()
        let sample = try String(contentsOfFile: Sample.path("wenzhou_firms.csv"), encoding: .utf8)
        var lines = sample.split(separator: "\n").map(String.init)
        let header = lines.removeFirst()
        var generator = SystemRandomNumberGenerator()
        let seed = generator.next()
        var shuffling = Shuffling(state: seed)
        try workspace.write("firms.csv", ([header] + lines).joined(separator: "\n"))
        try workspace.write("shuffled.csv", ([header] + lines.shuffled(using: &shuffling)).joined(separator: "\n"))
        let arguments = ["--industries", "18*,2710", "-o"]
        _ = try await workspace.run(["detect", "firms.csv"] + arguments + ["a.geojson", "--table", "a.csv"])
        _ = try await workspace.run(["detect", "shuffled.csv"] + arguments + ["b.geojson", "--table", "b.csv"])
        // As text: not a digit differs.
        func features(_ name: String) throws -> Substring? {
            let text = try workspace.text(name)
            return text.range(of: "\"features\"").map { text[$0.lowerBound...] }
        }
        #expect(try features("a.geojson") == features("b.geojson"), "seed \(seed)")
        #expect(try features("a.geojson") != nil)
        #expect(try workspace.read("a.csv") == workspace.read("b.csv"), "seed \(seed)")
    }

    @Test func generatedRegistersRepeat() async throws {
        let workspace = try CommandWorkspace()
        var first: [Data] = []
        for threads in ["1", "2", "4", "4"] {
            let run = try await workspace.run(
                "generate", "--preset", "country", "--firms", "45000", "--seed", "7", "--threads", threads, "-o",
                "firms.csv", "--truth", "truth.csv", "--force")
            #expect(run.status == 0)
            let files = [try workspace.read("firms.csv"), try workspace.read("truth.csv")]
            if first.isEmpty { first = files } else { #expect(files == first, "\(threads) threads") }
        }
        let other = try await workspace.run("generate", "--preset", "country", "--firms", "50", "--seed", "8", "-q")
        #expect(!first[0].starts(with: other.output))
        #expect(other.output.count { $0 == UInt8(ascii: "\n") } == 51)
    }

    @Test func committedSampleIsWhatTheCommandMakes() async throws {
        let workspace = try CommandWorkspace()
        let run = try await workspace.run(
            "generate", Sample.path("wenzhou.txt"), "-o", "wenzhou_firms.csv", "--truth", "wenzhou_truth.csv")
        #expect(run.status == 0)
        #expect(run.messages == "firmclusters: 20,000 firms of Wenzhou, seed 1\n")
        for name in ["wenzhou_firms.csv", "wenzhou_truth.csv"] {
            #expect(try workspace.read(name) == Data(contentsOf: URL(fileURLWithPath: Sample.path(name))), "\(name)")
        }
    }

    /// SplitMix64, so that a failing order can be had again from its seed.
    private struct Shuffling: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
