import FirmClusters

extension RegisterReading {
    /// Reads a register and brings it to the coordinates it is measured in. Firms without a place on the ground are
    /// rejected as out of range.
    static func load(
        _ input: InputOptions, options: ReadingOptions, workers: Workers, progress: any WorkProgress
    ) throws -> RegisterReading {
        let files = input.files
        var reading = try RegisterReader.read(files, options: options, workers: workers, progress: progress)
        var read = reading.register
        if let crs = try input.otherGeographicSystem {
            read = try read.relocated(to: .projected(crs: crs), x: read.x, y: read.y)
        }
        let (register, unplaceable) = try read.placed(workers: workers)
        reading.register = register
        guard let first = unplaceable.first else { return reading }
        guard !options.isStrict else {
            throw InputError(
                .badData, file: files.count == 1 ? files[0] : nil, line: Int(read.lineNumber[first]),
                "(\(read.x[first]), \(read.y[first])) is out of the reach of the coordinate system; mend the row, or read "
                    + "without --strict to leave such rows out")
        }
        guard register.count > 0 else {
            throw InputError(
                .badData, file: files.first, "no row is usable: all coordinates are out of the reach of --crs")
        }
        reading.source.rowsAccepted = register.count
        reading.source.rejected[.outOfRange, default: 0] += unplaceable.count
        let file = reading.source.files.count == 1 ? reading.source.files[0].name : ""
        reading.rejectedRows += unplaceable.map { row in
            RejectedRow(
                file: file, line: Int(read.lineNumber[row]), reason: .outOfRange, column: nil,
                text: "\(read.x[row]), \(read.y[row])")
        }
        return reading
    }
}
