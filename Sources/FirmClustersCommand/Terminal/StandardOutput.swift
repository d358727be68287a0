import FirmClusters

/// Standard output as the place of data.
enum StandardOutput {
    static func write(_ document: ReportDocument, workers: Workers) throws {
        let output = try OutputFile.standardOutput()
        try document.write(to: output, workers: workers)
        try output.commit()
    }

    static func write(text: String) throws {
        let output = try OutputFile.standardOutput()
        try output.write(Array(text.utf8))
        try output.commit()
    }
}
