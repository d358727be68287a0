import ArgumentParser
import FirmClusters

/// Options of every subcommand that say how it runs, not what it computes.
struct RunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Worker threads; results do not depend on them.", valueName: "n"))
    var threads: Int?

    @Flag(name: [.customShort("q"), .long], help: "Print nothing on standard error but errors.")
    var quiet = false

    @Flag(help: "Show no progress on standard error.")
    var noProgress = false

    @Option(
        help: ArgumentHelp(
            "Take options from a file of 'name = value' lines; those on the command line win.", valueName: "file"))
    var config: String?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads \(threads): must be from 1 to 1024")
        }
    }

    /// The workers to use; they stop at Ctrl-C.
    var workers: Workers { Workers(count: threads, cancellation: Interruption.cancellation) }

    /// The console, silenced if asked for, and the progress line on it where there is a terminal to show it.
    func console() -> (console: Console, progress: any WorkProgress, finish: () -> Void) {
        let console = Console.standard
        if quiet { console.silence() }
        guard !quiet, !noProgress, Console.standardErrorIsTerminal else { return (console, SilentProgress(), {}) }
        let line = ProgressLine(on: console)
        return (console, line, { line.finished() })
    }
}
