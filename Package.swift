// swift-tools-version: 6.2
// The target graph is the architecture: one idea per target, imports only downwards, each C library visible to one
// target. `Tests/ArchitectureTests` holds the `import` lines of the sources against the dependencies written here.

import PackageDescription

/// Every Swift target: Swift 6 mode, no accidental re-export, no import by luck, and no warning.
let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// Targets that never touch raw memory; the compiler holds them to it.
let memorySafe = common + [.strictMemorySafety()]

let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

let package = Package(
    name: "FirmClusters",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FirmClusters", targets: ["FirmClusters"]),
        .executable(name: "firmclusters", targets: ["FirmClustersCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    ],
    targets: [
        // Layer 0: C libraries, kernels, threads
        .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"]), .brew(["geos"])]),
        .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"]), .brew(["proj"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl"])]),
        .target(name: "CDistanceKernels"),
        .target(name: "CTextKernels"),
        .target(name: "CScanKernels"),
        .target(name: "CBitKernels"),
        .target(name: "CIndustryCodeLists", exclude: ["NOTICE", "industry_codes.csv.gz"]),
        .target(name: "ParallelWork", swiftSettings: common),

        // Layer 1: the vocabulary
        .target(name: "FirmModel", swiftSettings: memorySafe),

        // Layer 2: bytes, code lists, the ground, shapes, neighbor search, arithmetic on counts
        .target(
            name: "DelimitedText", dependencies: ["ParallelWork", "CTextKernels", "CZlib", "CCrypto"],
            swiftSettings: common),
        .target(
            name: "IndustryClassifications", dependencies: ["ParallelWork", "DelimitedText", "CIndustryCodeLists"],
            swiftSettings: common),
        .target(
            name: "SpatialIndex", dependencies: ["FirmModel", "ParallelWork", "CDistanceKernels", realModule],
            swiftSettings: common),
        .target(
            name: "Geodesy", dependencies: ["FirmModel", "ParallelWork", "CPROJ", realModule], swiftSettings: common),
        .target(name: "ClusterGeometry", dependencies: ["FirmModel", "CGEOS", realModule], swiftSettings: common),
        .target(name: "RegionalMeasures", dependencies: [realModule], swiftSettings: memorySafe),
        .target(
            name: "VectorInput", dependencies: ["FirmModel", "ParallelWork", realModule],
            swiftSettings: memorySafe),

        // Layer 3: one method each; they never import each other
        .target(
            name: "DensityClustering", dependencies: ["FirmModel", "ParallelWork", "SpatialIndex"],
            swiftSettings: common),
        .target(
            name: "ColocationMining",
            dependencies: ["FirmModel", "ParallelWork", "SpatialIndex", "CBitKernels", realModule],
            swiftSettings: common),
        .target(
            name: "ScanStatistic",
            dependencies: [
                "FirmModel", "ParallelWork", "SpatialIndex", "RegionalMeasures", "CScanKernels", realModule,
            ], swiftSettings: common),
        .target(
            name: "SignificanceTesting", dependencies: ["FirmModel", "ParallelWork", realModule], swiftSettings: common),
        .target(
            name: "FirmInput",
            dependencies: ["FirmModel", "ParallelWork", "DelimitedText", "IndustryClassifications", "Geodesy"],
            swiftSettings: common),
        .target(name: "SyntheticRegisters", dependencies: ["FirmModel", realModule], swiftSettings: memorySafe),

        // Layer 4: patterns of industries, tested, by region, as a network
        .target(
            name: "PatternAnalysis",
            dependencies: [
                "FirmModel", "ParallelWork", "Geodesy", "SpatialIndex", "VectorInput", "DensityClustering",
                "ColocationMining", "SignificanceTesting", realModule,
            ], swiftSettings: common),

        // Layer 5: request to report
        .target(
            name: "ClusterDetection",
            dependencies: [
                "FirmModel", "ParallelWork", "Geodesy", "SpatialIndex", "ClusterGeometry", "DensityClustering",
                "ColocationMining", "ScanStatistic", "RegionalMeasures", "SignificanceTesting", "PatternAnalysis",
                realModule,
            ], swiftSettings: common),

        // Layer 6: report to files, numbers to drawings
        .target(name: "Charts", dependencies: [realModule], swiftSettings: memorySafe),
        .target(
            name: "ReportWriting", dependencies: ["FirmModel", "ParallelWork", "PatternAnalysis", "ClusterDetection"],
            swiftSettings: common),

        // Layer 7: what `import FirmClusters` gives
        .target(
            name: "FirmClusters",
            dependencies: [
                "FirmModel", "ParallelWork", "DelimitedText", "IndustryClassifications", "Geodesy", "ClusterGeometry",
                "SpatialIndex", "DensityClustering", "ColocationMining", "ScanStatistic", "RegionalMeasures",
                "SignificanceTesting", "VectorInput", "FirmInput", "SyntheticRegisters", "PatternAnalysis",
                "ClusterDetection", "ReportWriting",
            ], swiftSettings: memorySafe),

        // Layer 8: the command; the study that holds its tests against chance to account
        .executableTarget(
            name: "FirmClustersCommand",
            dependencies: [
                "FirmClusters", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: common),
        .executableTarget(
            name: "ValidityStudy", dependencies: ["FirmClusters", "Charts", realModule], swiftSettings: common),

        // Tests
        .target(
            name: "FirmClustersTestSupport", dependencies: ["FirmModel"], path: "Tests/FirmClustersTestSupport",
            swiftSettings: common),
        .testTarget(name: "ParallelWorkTests", dependencies: ["ParallelWork"], swiftSettings: common),
        .testTarget(name: "FirmModelTests", dependencies: ["FirmModel"], swiftSettings: common),
        .testTarget(
            name: "DelimitedTextTests", dependencies: ["DelimitedText", "ParallelWork", "FirmClustersTestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "IndustryClassificationsTests",
            dependencies: ["IndustryClassifications", "DelimitedText"], swiftSettings: common),
        .testTarget(
            name: "SpatialIndexTests",
            dependencies: ["SpatialIndex", "CDistanceKernels", "ParallelWork", "FirmModel", "FirmClustersTestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "GeodesyTests", dependencies: ["Geodesy", "ParallelWork", "FirmModel", "FirmClustersTestSupport"],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "ClusterGeometryTests", dependencies: ["ClusterGeometry", "FirmModel", "FirmClustersTestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "DensityClusteringTests",
            dependencies: [
                "DensityClustering", "SpatialIndex", "ParallelWork", "FirmModel", "FirmClustersTestSupport",
            ],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "RegionalMeasuresTests", dependencies: ["RegionalMeasures", "FirmModel", "FirmClustersTestSupport"],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "VectorInputTests",
            dependencies: ["VectorInput", "ParallelWork", "FirmModel", "FirmClustersTestSupport"],
            exclude: ["Golden"],
            swiftSettings: common),
        .testTarget(
            name: "ColocationMiningTests",
            dependencies: ["ColocationMining", "SpatialIndex", "ParallelWork", "FirmModel", "FirmClustersTestSupport"],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "PatternAnalysisTests",
            dependencies: [
                "PatternAnalysis", "ColocationMining", "SignificanceTesting", "VectorInput", "SpatialIndex",
                "ParallelWork", "FirmModel", "FirmClustersTestSupport",
            ],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "ScanStatisticTests",
            dependencies: [
                "ScanStatistic", "RegionalMeasures", "SpatialIndex", "ParallelWork", "FirmModel",
                "FirmClustersTestSupport",
            ],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "SignificanceTestingTests",
            dependencies: ["SignificanceTesting", "ParallelWork", "FirmModel", "FirmClustersTestSupport", realModule],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "FirmInputTests",
            dependencies: [
                "FirmInput", "IndustryClassifications", "DelimitedText", "Geodesy", "ParallelWork", "FirmModel",
                "FirmClustersTestSupport",
            ], swiftSettings: common),
        .testTarget(
            name: "SyntheticRegistersTests",
            dependencies: ["SyntheticRegisters", "FirmModel", "FirmClustersTestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "ClusterDetectionTests", dependencies: ["FirmClusters", "FirmClustersTestSupport", realModule],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "ReportWritingTests",
            dependencies: [
                "ReportWriting", "PatternAnalysis", "ClusterDetection", "ParallelWork", "FirmModel",
                "FirmClustersTestSupport",
            ],
            exclude: ["Golden"], swiftSettings: common),
        .testTarget(
            name: "ChartsTests", dependencies: ["Charts", "FirmModel"], swiftSettings: common),
        .testTarget(
            name: "ValidityStudyTests",
            dependencies: ["ValidityStudy", "FirmClusters", "Charts", "FirmClustersTestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "CommandLineTests", dependencies: ["FirmClustersCommand", "FirmClusters", "FirmClustersTestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "ReadmeExampleTests", dependencies: ["FirmClustersTestSupport"], swiftSettings: common),
        .testTarget(
            name: "RealRegisterTests", dependencies: ["FirmClusters", "FirmClustersTestSupport"],
            exclude: ["Oracles"], swiftSettings: common),
        .testTarget(name: "ArchitectureTests", dependencies: ["FirmClustersTestSupport"], swiftSettings: common),
    ]
)
