import Foundation

/// How much memory a piece of work needed, beside what was there before it.
///
/// Linux lets a process set its own high-water mark back; where that cannot be done the peak is the one of the whole
/// process so far, and what is reported above the input is an upper bound.
struct ResidentMemory {
    /// The largest size of this process before the work.
    private let earlierPeak: Double
    /// The size of this process when the work began: the input, and the program itself.
    private let atStart: Double

    /// Begins to watch.
    init() {
        earlierPeak = Self.peakMegabytes()
        atStart = Self.status("VmRSS:") ?? earlierPeak
        if let marks = fopen("/proc/self/clear_refs", "w") {
            fputs("5", marks)
            fclose(marks)
        }
    }

    /// What to print: the peak of the process, what was there at the start, and the peak since above that.
    func measured() -> [String: Any] {
        let peak = Self.peakMegabytes()
        return ["peak_mb": max(earlierPeak, peak), "input_mb": atStart, "above_input_mb": max(0, peak - atStart)]
    }

    private static func peakMegabytes() -> Double {
        if let mark = status("VmHWM:") { return mark }
        var usage = rusage()
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
            return Double(usage.ru_maxrss) / 1e6
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return Double(usage.ru_maxrss) * 1024 / 1e6
        #endif
    }

    /// A line of the kernel's account of this process, in millions of bytes.
    private static func status(_ name: String) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
                Double($0)
            })
        else { return nil }
        return kibibytes * 1024 / 1e6
    }
}
