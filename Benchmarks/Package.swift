// swift-tools-version: 6.2
// A package of its own, so that nobody who uses the library builds its benchmarks.

import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "FirmClusters", path: "..")],
    targets: [
        // The library, one piece at a time, as a user's program calls it.
        .executableTarget(
            name: "Measure", dependencies: [.product(name: "FirmClusters", package: "FirmClusters")],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        // What sorting points into cells costs at the least, for comparison.
        .executableTarget(name: "Floor"),
    ]
)
