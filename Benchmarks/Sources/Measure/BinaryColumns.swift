import Foundation

/// What cannot be done with a file of numbers.
enum ColumnFileError: Error {
    case unreadable(String)
    case wrongLength(String)
}

/// The pairs of doubles in a file as two columns. Read in small pieces: nothing of the file stays in memory beside
/// them.
func readPoints(_ path: String) throws -> (x: [Double], y: [Double]) {
    let count = try byteCount(path) / 16
    var (x, y): ([Double], [Double]) = ([], [])
    x.reserveCapacity(count)
    y.reserveCapacity(count)
    try readPieces(path) { bytes in
        let values = bytes.bindMemory(to: Double.self)
        for pair in stride(from: 0, to: values.count - 1, by: 2) {
            x.append(values[pair])
            y.append(values[pair + 1])
        }
    }
    guard x.count == count else { throw ColumnFileError.wrongLength(path) }
    return (x, y)
}

/// The 32-bit integers in a file.
func readCodes(_ path: String) throws -> [Int32] {
    var codes: [Int32] = []
    codes.reserveCapacity(try byteCount(path) / 4)
    try readPieces(path) { codes.append(contentsOf: $0.bindMemory(to: Int32.self)) }
    return codes
}

/// Labels, then a byte for each core point.
func writeLabels(_ labels: [Int32], _ core: [UInt8], to path: String) throws {
    guard path != "/dev/null" else { return }
    var bytes = labels.withUnsafeBytes { Data($0) }
    bytes.append(contentsOf: core)
    try bytes.write(to: URL(fileURLWithPath: path))
}

private func byteCount(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
}

private func readPieces(_ path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws {
    guard let file = fopen(path, "rb") else { throw ColumnFileError.unreadable(path) }
    defer { fclose(file) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while true {
        let got = fread(piece.baseAddress, 1, piece.count, file)
        if got == 0 { return }
        body(UnsafeRawBufferPointer(rebasing: piece[..<got]))
    }
}
