// swift-tools-version: 6.2
// A package of its own, so that nobody who uses the library builds its benchmarks.

import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "FirmClusters", path: "..")],
    targets: [
        .executableTarget(
            name: "Measure", dependencies: [.product(name: "FirmClusters", package: "FirmClusters")],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
