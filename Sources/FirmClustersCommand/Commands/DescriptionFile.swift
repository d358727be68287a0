import FirmClusters
import Foundation

/// Reads the description of a synthetic register.
enum DescriptionFile {
    static func text(_ path: String) throws -> String {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw InputError(.noInput, file: path, "cannot be read: \(error.localizedDescription)")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw InputError(.badData, file: path, "is not UTF-8 text")
        }
        return text
    }
}
