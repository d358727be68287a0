import DelimitedText
import FirmClustersTestSupport
import FirmInput
import FirmModel
import Foundation
import ParallelWork
import Testing

/// A sound register with random bytes changed, in every encoding: it must read, or fail with an `InputError`, the same
/// way for any number of workers, and account for every row.
@Suite struct RegisterFuzzTests {
    static let duration: Duration = .seconds(
        Int(ProcessInfo.processInfo.environment["FIRMCLUSTERS_FUZZ_SECONDS"] ?? "") ?? 2)

    @Test func mutatedRegisters() throws {
        let clock = ContinuousClock()
        let end = clock.now + Self.duration
        var seed = UInt64(Date().timeIntervalSince1970) << 20
        if let fixed = ProcessInfo.processInfo.environment["FIRMCLUSTERS_FUZZ_SEED"].flatMap(UInt64.init) {
            seed = fixed
        }
        repeat {
            var random = RandomStream(seed: seed)
            let file = try TemporaryInput(Self.mutated(using: &random))
            var options = ReadingOptions()
            options.keepsRejectedRows = true
            options.level = Bool.random(using: &random) ? 2 : nil
            let outcomes = [1, 3].map { Self.outcome(file.path, options, workers: $0) }
            #expect(outcomes[0] == outcomes[1], "seed \(seed)")
            #expect(!outcomes[0].hasPrefix("unaccounted"), "seed \(seed): \(outcomes[0])")
            seed += 1
        } while clock.now < end
    }

    private static func outcome(_ path: String, _ options: ReadingOptions, workers: Int) -> String {
        do {
            let reading = try RegisterReader.read([path], options: options, workers: Workers(count: workers))
            let (register, source) = (reading.register, reading.source)
            let rejected = source.rejected.values.reduce(0, +)
            guard source.rowsAccepted + rejected == source.rowsRead, register.count == source.rowsAccepted,
                reading.rejectedRows.count == rejected
            else { return "unaccounted: \(source)" }
            return "\(register.x) \(register.y) \(register.industry) \(register.lineNumber) \(reading.rejectedRows)"
        } catch let error as InputError {
            return error.description
        } catch let error as UnusableRegister {
            return "\(error) \(error.rejectedRows)"
        } catch {
            return "unaccounted: \(error)"
        }
    }

    private static func mutated(using random: inout RandomStream) -> [UInt8] {
        let delimiter = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
        let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        var lines = ["id,lon,lat,industry,employees,name"]
        for row in 0..<Int.random(in: 0...40, using: &random) {
            let place =
                "\(Double.random(in: -180...180, using: &random)),\(Double.random(in: -90...90, using: &random))"
            lines.append(
                "\(row),\(place),\(["13.10", "31-33", "6820Z"][row % 3]),10 a 19,\"Café \"\"\(row)\"\" é\(lineEnd)\"")
        }
        let text = lines.joined(separator: lineEnd).replacing(",", with: delimiter)
        var bytes: [UInt8] =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            case 1: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case 2: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            default: Array(text.utf8)
            }
        let special: [UInt8] = [0, 10, 13, 34, 44, 59, 9, 0x8D, 0xE9, 0xFF, 45, 46, 48, 0x1F]
        for _ in 0..<Int.random(in: 0...12, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 30))
            default: bytes.insert(special.randomElement(using: &random) ?? 0, at: place)
            }
        }
        return bytes
    }
}
