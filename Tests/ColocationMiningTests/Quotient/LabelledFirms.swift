import ColocationMining
import FirmClustersTestSupport
import FirmModel
import ParallelWork
import SpatialIndex

/// Firms with industries, as rows and on their sites.
struct LabelledFirms {
    var x: [Double]
    var y: [Double]
    var industries: [Int]
    var industryCount: Int
    var frame = CoordinateFrame.local

    func sites(workers: Workers = Workers()) throws -> Sites {
        try Sites(
            FirmRegister(
                frame: frame, x: x, y: y,
                industry: CategoryColumn(
                    categories: (0..<industryCount).map { String(100 + $0) }, indices: industries.map { Int32($0) })),
            workers: workers)
    }

    func labels(on sites: Sites) -> IndustryLabels {
        IndustryLabels(
            industryOfFirm: sites.firmRows.map { Int32(industries[Int($0)]) }, industryCount: industryCount)
    }

    func quotient(count: Int, workers: Workers = Workers()) throws -> ColocationQuotient {
        let sites = try sites(workers: workers)
        return try ColocationQuotient(
            of: labels(on: sites), nearest: NearestFirms(sites, count: count, workers: workers))
    }

    func shuffled(_ stream: inout RandomStream) -> LabelledFirms {
        let order = Array(x.indices).shuffled(using: &stream)
        var copy = self
        copy.x = order.map { x[$0] }
        copy.y = order.map { y[$0] }
        copy.industries = order.map { industries[$0] }
        return copy
    }

    var bruteForce: BruteForceColocationQuotient {
        let points = x.indices.map {
            frame.isGeographic ? UnitVectors.vector(longitude: x[$0], latitude: y[$0]) : SIMD3(x[$0], y[$0], 0)
        }
        return BruteForceColocationQuotient(industries: industries, industryCount: industryCount) {
            let d = points[$0] - points[$1]
            return (d.x * d.x + d.y * d.y) + d.z * d.z
        }
    }

    /// Firms on a lattice of `side` by `side` places: many ties, and several firms to a place.
    static func lattice(_ count: Int, side: Int, industryCount: Int, _ stream: inout RandomStream) -> LabelledFirms {
        LabelledFirms(
            x: (0..<count).map { _ in Double(stream.next(below: side)) * 100 },
            y: (0..<count).map { _ in Double(stream.next(below: side)) * 100 },
            industries: (0..<count).map { _ in stream.next(below: industryCount) }, industryCount: industryCount)
    }

    /// The golden points of distance statistics.
    static func golden(beside file: String = #filePath) throws -> LabelledFirms {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        let table = try GoldenTable("distance_points.csv", beside: folder + "/x.swift")
        return LabelledFirms(
            x: try table.doubles("x"), y: try table.doubles("y"),
            industries: try table.column("industry") { ["A", "B", "C"].firstIndex(of: $0) }, industryCount: 3)
    }
}
