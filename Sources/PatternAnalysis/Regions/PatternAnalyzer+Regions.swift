import ColocationMining
import ParallelWork
import SpatialIndex
import VectorInput

extension PatternAnalyzer {
    /// What is local, by the patterns that were looked for in the whole; nil where no regions are asked for.
    ///
    /// - Parameter city: the patterns of the whole.
    func regions(
        _ mined: MinedRegister, _ relation: NeighborRelation, city: [ColocationPattern], firmOfRow: [Int32]?,
        _ warnings: inout [String]
    ) throws -> RegionReport? {
        guard let asked = request.regions else { return nil }
        progress.began("looking for patterns of regions", total: nil)
        let assignment = try RegionAssignment(
            asked.division, of: mined.prepared, distance: request.neighborDistance, firmOfRow: firmOfRow,
            workers: workers)
        var mining = RegionalMining()
        mining.miner = miner
        mining.minimumRegionFirms = asked.minimumRegionFirms
        mining.minimumIndustryFirms = asked.minimumIndustryFirms
        mining.borderPairs = asked.borderPairs
        let patterns = try mining.patterns(
            of: mined.labels, in: relation,
            regionOfFirm: mined.prepared.sites.firmRows.map { assignment.regionOfRow[Int($0)] },
            names: assignment.regions.map(\.name), city: city, workers: workers)
        let report = RegionReport(
            patterns, in: assignment.regions, codes: mined.prepared.industries, minimumFirms: asked.minimumRegionFirms)
        warnings += report.warnings(minimumFirms: asked.minimumRegionFirms)
        return report
    }
}
