import FirmClusters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files that a run is to write, by where they really are: `a.csv`, `./a.csv` and a symbolic link to it are one.
enum OutputPaths {
    /// Refuses one file for two outputs, and to write over a file that is read, even with `--force`. Devices and pipes
    /// may be named again and again.
    static func check(_ outputs: [String?], inputs: [String?]) throws {
        let inputs = Set(inputs.compactMap { $0 }.filter { $0 != "-" }.map(place))
        var taken: Set<String> = []
        for output in outputs.compactMap({ $0 }) where !isStream(output) {
            let place = place(output)
            if inputs.contains(place) { throw UsageError("\(output) is an input: write to another file") }
            guard taken.insert(place).inserted else { throw UsageError("\(output) is named for two outputs") }
        }
    }

    private static func isStream(_ path: String) -> Bool {
        if path.hasPrefix("/dev/std") || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/") { return true }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// The path without links and dots. A file that is not there yet is found by its folder.
    private static func place(_ path: String) -> String {
        if let place = resolved(path) { return place }
        guard let slash = path.lastIndex(of: "/") else { return (resolved(".") ?? ".") + "/" + path }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        return (resolved(folder) ?? folder) + "/" + path[path.index(after: slash)...]
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
