import FirmClustersTestSupport
import Foundation
import Testing

/// Holds the sources against the graph that `Package.swift` draws.
@Suite struct ArchitectureTests {
    private let graph: TargetGraph

    init() throws { graph = try TargetGraph() }

    /// The one target that may see each C module and the argument parser.
    private static let onlyImporter = [
        "CGEOS": "ClusterGeometry", "CPROJ": "Geodesy", "CZlib": "DelimitedText", "CCrypto": "DelimitedText",
        "CDistanceKernels": "SpatialIndex", "CTextKernels": "DelimitedText", "CScanKernels": "ScanStatistic",
        "CBitKernels": "ColocationMining",
        "CIndustryCodeLists": "IndustryClassifications",
        "ArgumentParser": "FirmClustersCommand",
    ]

    private static let withoutFoundation = [
        "FirmModel", "ParallelWork", "SpatialIndex", "DensityClustering", "RegionalMeasures", "SyntheticRegisters",
        "Charts", "ScanStatistic", "SignificanceTesting", "CDistanceKernels", "CTextKernels", "CScanKernels",
        "CBitKernels", "ColocationMining", "PatternAnalysis",
    ]

    private static let textExtensions: Set<String> = [
        "swift", "c", "h", "md", "sh", "py", "json", "yml", "yaml", "toml", "txt", "modulemap", "csv", "awk", "R",
    ]

    @Test func everyImportIsADeclaredDependency() throws {
        for target in graph.targets.values {
            for file in try SourceFile.all(below: target.folder, extensions: ["swift"]) {
                for module in file.imports where graph.targets[module] != nil {
                    #expect(target.dependencies.contains(module), "\(file.path) imports \(module)")
                }
            }
        }
    }

    @Test func everyDependencyIsUsed() throws {
        for target in graph.targets.values where !target.isTest {
            let imported = Set(try SourceFile.all(below: target.folder, extensions: ["swift"]).flatMap(\.imports))
            // A target that nothing has been written in yet imports nothing.
            guard !imported.isEmpty else { continue }
            for module in target.dependencies {
                #expect(imported.contains(module), "\(target.name) declares \(module) and never imports it")
            }
        }
    }

    @Test func everyTargetSitsAboveWhatItImports() throws {
        for target in graph.targets.values {
            guard let layer = target.layer else { continue }
            for module in target.dependencies {
                guard let below = graph.targets[module] else { continue }
                let layerBelow = try #require(below.layer, "\(target.name) depends on the tests")
                // Layer 2 alone has neighbors that build on one another (code lists are read as delimited text).
                let isEarlierNeighbor =
                    layer == 2 && layerBelow == 2
                    && graph.targets[module].map { $0.position < target.position } ?? false
                #expect(
                    layerBelow < layer || isEarlierNeighbor,
                    "\(target.name) in layer \(layer) depends on \(module) in layer \(layerBelow)")
            }
        }
    }

    @Test func cModulesHaveOneImporter() throws {
        for target in graph.targets.values where !target.isTest {
            for file in try SourceFile.all(below: target.folder, extensions: ["swift"]) {
                for module in file.imports {
                    guard let importer = Self.onlyImporter[module] else { continue }
                    #expect(target.name == importer, "\(file.path) imports \(module)")
                }
            }
        }
        for module in Self.onlyImporter.keys where module != "ArgumentParser" {
            #expect(graph.targets[module] != nil, "\(module) is no target any more")
        }
    }

    @Test func sourcesImportNothingTestable() throws {
        for file in try SourceFile.all(below: "Sources", extensions: ["swift"]) {
            #expect(file.matches("(@testable)").isEmpty, "\(file.path)")
        }
    }

    @Test func foundationStaysOut() throws {
        for name in Self.withoutFoundation {
            for file in try SourceFile.all(below: "Sources/\(name)", extensions: ["swift", "c", "h"]) {
                #expect(!file.imports.contains { $0.hasPrefix("Foundation") }, "\(file.path)")
            }
        }
    }

    @Test func everyTargetHasItsFolderAndEveryFolderItsTarget() throws {
        let folders = Set(graph.targets.values.map(\.folder))
        for parent in ["Sources", "Tests"] {
            let found = try FileManager.default.contentsOfDirectory(
                atPath: SharedFolder.projectFolder.appendingPathComponent(parent).path)
            for name in found where !name.hasPrefix(".") {
                #expect(folders.contains("\(parent)/\(name)"), "\(parent)/\(name) belongs to no target")
            }
        }
        for target in graph.targets.values {
            let path = SharedFolder.projectFolder.appendingPathComponent(target.folder).path
            #expect(FileManager.default.fileExists(atPath: path), "\(target.folder)")
        }
    }

    @Test func filesAreShort() throws {
        for folder in ["Sources", "Tests", "Benchmarks", "Scripts"] {
            for file in try SourceFile.all(below: folder, extensions: ["swift", "h", "sh", "py"]) {
                #expect(file.lineCount <= 600, "\(file.path) has \(file.lineCount) lines")
            }
        }
    }

    @Test func namesSayWhatIsInside() throws {
        for folder in ["Sources", "Tests", "Scripts", "Benchmarks"] {
            for path in try SourceFile.paths(below: folder) {
                let name = (path as NSString).lastPathComponent.lowercased()
                for word in ["util", "helper", "manager", "misc", "placeholder"] {
                    #expect(!name.contains(word), "\(path)")
                }
            }
        }
    }

    @Test func textNamesNoMachine() throws {
        // Spelled in two parts, so that this file passes its own test.
        let folders = ["wor" + "k", "ro" + "ot", "hom" + "e", "User" + "s"].joined(separator: "|")
        let top = ["README.md", "CHANGELOG.md", "NOTICE", "Makefile", "Package.swift"].compactMap { name in
            (try? String(contentsOf: SharedFolder.projectFolder.appendingPathComponent(name), encoding: .utf8)).map {
                SourceFile(path: name, text: $0)
            }
        }
        let below = try ["Sources", "Tests", "Docs", "Scripts", "Benchmarks", "SampleData"].flatMap {
            try SourceFile.all(below: $0, extensions: Self.textExtensions)
        }
        for file in top + below {
            let paths = file.matches("(?:^|[\\s\"'`(=:])(/(?:\(folders))/[^\\s\"'`)]*)")
            #expect(paths.isEmpty, "\(file.path)")
        }
    }
}
