import FirmClusters

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is read beside the registers, as the provenance tells of it.
enum AuxiliaryInput {
    /// The file with its hash; nil for a pipe, which cannot be read a second time.
    static func record(_ path: String, as role: String) throws -> (role: String, file: RegisterSource.File)? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let reader = try DelimitedReader(paths: [path])
        _ = try reader.mapBlocks(workers: Workers(count: 1)) { cursor, _ in while cursor.next() {} }
        return reader.files.first.map {
            (role, RegisterSource.File(name: name(path), sha256: $0.sha256, byteCount: $0.byteCount))
        }
    }

    /// The name of a file without its folder.
    static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension InputOptions {
    /// The files read beside the registers that numbers and titles depend on.
    func auxiliaryInputs(
        _ options: ReadingOptions, others: [(role: String, path: String?)] = []
    ) throws -> [(role: String, file: RegisterSource.File)] {
        let codeList = options.classification.flatMap { Classification.names.contains($0.name) ? nil : $0.name }
        let files = [(role: "employment_bands", path: employmentBands), (role: "classification", path: codeList)]
        return try (files + others).compactMap { role, path in
            try path.flatMap { try AuxiliaryInput.record($0, as: role) }
        }
    }
}
