import Foundation
import ReportWriting
import Testing

@Suite struct OutputFileTests {
    /// A folder of its own for each test, removed with it.
    private final class Folder {
        let path: String

        init() throws {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("output-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            path = url.path
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func file(_ name: String) -> String { path + "/" + name }
        var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
        func text(_ name: String) -> String? { try? String(contentsOfFile: file(name), encoding: .utf8) }
    }

    @Test func appearsOnCommit() throws {
        let folder = try Folder()
        let output = try OutputFile(path: folder.file("a.csv"))
        try output.write(Array("one,".utf8))
        try output.write(Array("two".utf8))
        #expect(!folder.names.contains("a.csv"))
        try output.commit()
        #expect(folder.names == ["a.csv"])
        #expect(folder.text("a.csv") == "one,two")
        output.discard()
        try output.commit()
        #expect(folder.names == ["a.csv"])
    }

    @Test func leavesNothingWithoutCommit() throws {
        let folder = try Folder()
        do {
            let output = try OutputFile(path: folder.file("a.csv"))
            try output.write([1, 2, 3])
            #expect(folder.names.count == 1)
        }
        #expect(folder.names.isEmpty)
    }

    @Test func refusesWhatIsThere() throws {
        let folder = try Folder()
        let path = folder.file("a.csv")
        try "old".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(throws: OutputError.exists(path: path)) { try OutputFile(path: path) }

        let output = try OutputFile(path: path, overwrite: true)
        try output.write(Array("new".utf8))
        #expect(folder.text("a.csv") == "old")
        try output.commit()
        #expect(folder.text("a.csv") == "new")
        #expect(folder.names == ["a.csv"])
    }

    @Test func refusesWhatCameMeanwhile() throws {
        let folder = try Folder()
        let path = folder.file("a.csv")
        let output = try OutputFile(path: path)
        try "other".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(throws: OutputError.exists(path: path)) { try output.commit() }
        #expect(folder.text("a.csv") == "other")
        #expect(folder.names == ["a.csv"])
    }

    @Test func overwritingKeepsPermissionsAndLinks() throws {
        let folder = try Folder()
        try "old".write(toFile: folder.file("real.csv"), atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file("real.csv"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link.csv"), withDestinationPath: folder.file("real.csv"))
        let output = try OutputFile(path: folder.file("link.csv"), overwrite: true)
        try output.write(Array("new".utf8))
        try output.commit()
        #expect(folder.text("real.csv") == "new")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("real.csv"))
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link.csv"))
        #expect(link == folder.file("real.csv"))
    }

    @Test func namesTheFolderThatIsMissing() throws {
        let folder = try Folder()
        let path = folder.file("none/a.csv")
        #expect(throws: OutputError.cannotCreate(path: path, code: ENOENT)) { try OutputFile(path: path) }
        #expect(throws: OutputError.cannotCreate(path: folder.path, code: EISDIR)) {
            try OutputFile(path: folder.path, overwrite: true)
        }
        let error = OutputError.cannotCreate(path: "none/a.csv", code: ENOENT)
        #expect(error.description == "cannot create none/a.csv: No such file or directory")
    }

    @Test(.enabled(if: getuid() != 0, "a superuser may write anywhere"))
    func refusesAReadOnlyFolder() throws {
        let folder = try Folder()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
        let path = folder.file("a.csv")
        #expect(throws: OutputError.cannotCreate(path: path, code: EACCES)) { try OutputFile(path: path) }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func aFullDiskIsAFailureOfWriting() throws {
        let output = try OutputFile(path: "/dev/full")
        #expect(throws: OutputError.failed(path: "/dev/full", code: ENOSPC)) { try output.write([1, 2, 3]) }
    }

    @Test func aClosedPipeIsToldApart() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let output = try OutputFile(path: "/dev/fd/\(ends[1])")
        close(ends[1])
        try output.write([65])
        close(ends[0])
        #expect(throws: OutputError.closedPipe) { try output.write([65]) }
    }

    @Test func namedPipesAreWrittenTo() throws {
        let folder = try Folder()
        let path = folder.file("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        // Opened for both directions, so that neither waits for the other.
        let reader = open(path, O_RDWR)
        defer { close(reader) }
        let output = try OutputFile(path: path)
        try output.write(Array("through".utf8))
        try output.commit()
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(reader, &bytes, bytes.count)
        #expect(bytes.prefix(max(0, count)) == Array("through".utf8)[...])
        #expect(folder.names == ["pipe"])
    }
}

/// In a process of its own, as it concerns the temporary files of the whole process.
@Suite struct InterruptionTests {
    @Test func unfinishedFilesAreRemoved() async {
        await #expect(processExitsWith: .success) {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("output-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let output = try OutputFile(path: folder.path + "/a.csv")
            try output.write([1])
            try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
            UnfinishedFiles.removeAll()
            try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }
}
