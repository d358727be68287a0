public import ColocationMining
public import ParallelWork
import SpatialIndex

/// Mines a register as a whole, and every region of it on its own, to see which patterns are local.
///
///     var mining = RegionalMining()
///     mining.miner.minimumIndex = 0.2
///     let result = try mining.patterns(
///         of: labels, in: relation, regionOfFirm: regionOfFirm, names: names, workers: workers)
///
/// Distance, θ and maximal size are the same on both levels; N_f is counted inside the region. What a region is, is up to the
/// caller: areas of a file, cells of a grid, values of a column, density clusters of all firms.
///
/// The two levels follow Liu, Chen, Xu, Chen & Li (2021, Environment and Planning B 48(9), 2827–2841), who report that some 41 percent
/// of the patterns of Dongguan's parts differ from those of the city. All parameters here are this project's.
public struct RegionalMining: Sendable {
    /// What becomes of neighbors on both sides of a region's border.
    public enum BorderPairs: String, Sendable, CaseIterable {
        /// They are none: a region is mined as if there were nothing around it.
        case dropped
        /// They stay: a firm of the region takes part if it is in a row instance of the whole register, whose other firms may be
        /// anywhere. Only firms of the region are counted, among those who take part and in N_f.
        case kept
    }

    /// How patterns are found, on both levels; its minimum of firms is for the whole.
    public var miner = PatternMiner()
    /// Regions with fewer firms are not mined.
    public var minimumRegionFirms = 100
    /// Industries with fewer firms in a region take no part in it.
    public var minimumIndustryFirms = 5
    /// What becomes of neighbors on both sides of a border.
    public var borderPairs = BorderPairs.dropped

    /// The defaults.
    public init() {}

    /// Patterns of the whole and of each region.
    ///
    /// A region's firms are taken out as a register of their own, so that all regions together cost about one mining of the whole, and
    /// with ``BorderPairs/kept`` the firms near borders once more for each region they are near.
    ///
    /// - Parameters:
    ///   - regionOfFirm: for each canonical position the number of the firm's region; negative outside all.
    ///   - names: what regions are called, by number.
    ///   - city: the patterns of all firms where they are known already.
    /// - Throws: `WorkCancelled`, `ColocationError`.
    public func patterns(
        of labels: IndustryLabels, in relation: NeighborRelation, regionOfFirm: [Int32], names: [String],
        city: [ColocationPattern]? = nil, workers: Workers = Workers()
    ) throws -> RegionalPatterns {
        precondition(regionOfFirm.count == labels.industryOfFirm.count, "one region for each firm")
        precondition(relation.sites.firmCount == labels.industryOfFirm.count, "labels of the firms of the relation")
        let firms = FirmsOfRegions(regionOfFirm, regionCount: names.count)
        let counts = (0..<names.count).map { labels.numberOfFirms(among: firms[$0]) }
        let chosen = counts.indices.filter { counts[$0] >= max(1, minimumRegionFirms) }
        let surroundings =
            borderPairs == .kept
            ? try BorderFirms(in: relation, regionOfFirm: regionOfFirm, regions: chosen, workers: workers) : nil

        // A region that would keep one worker busy while the others wait is mined by all of them.
        let large = regionOfFirm.count / (4 * workers.count)
        let slots = ResultSlots<(industries: Int, patterns: [ColocationPattern])>(count: chosen.count)
        @Sendable func mine(_ index: Int, _ workers: Workers) throws {
            let region = chosen[index]
            let slice = RegionSlice(
                firms: firms[region], surroundings: surroundings?[region] ?? [], of: labels,
                minimumFirms: minimumIndustryFirms)
            slots.set(index, (slice.industries.count, try patterns(of: slice, in: relation, workers: workers)))
        }
        for index in chosen.indices where firms[chosen[index]].count > large { try mine(index, workers) }
        try workers.forEach(in: 0..<chosen.count, grain: 1) { range, _ in
            for index in range where firms[chosen[index]].count <= large { try mine(index, workers.single) }
        }

        return RegionalPatterns(
            city: try city ?? miner.patterns(of: labels, in: relation, workers: workers),
            mined: zip(chosen, slots.values).map { ($0, counts[$0], $1.industries, $1.patterns) },
            skipped: counts.indices.filter { counts[$0] < max(1, minimumRegionFirms) }.map {
                RegionalPatterns.Skipped(region: $0, name: names[$0], firms: counts[$0])
            },
            names: names, firmsOutside: labels.numberOfFirms(among: firms.outside))
    }

    private func patterns(
        of slice: RegionSlice, in relation: NeighborRelation, workers: Workers
    ) throws -> [ColocationPattern] {
        guard slice.industries.count > 1 else { return [] }
        let sites = try slice.sites(of: relation.sites, workers: workers)
        var miner = miner
        // The slice has left out what has too few firms in the region; those around it do not count.
        miner.minimumFirms = 1
        let found = try miner.patterns(
            of: slice.labels(in: sites), in: try NeighborRelation(sites, distance: relation.distance, workers: workers),
            workers: workers)
        return found.map { pattern in
            ColocationPattern(
                industries: pattern.industries.map { slice.industries[Int($0)] }, participants: pattern.participants,
                totals: pattern.totals)
        }
    }
}

extension IndustryLabels {
    /// How many firms that take part are among some entries.
    fileprivate func numberOfFirms(among entries: ArraySlice<Int32>) -> Int {
        let entries = entries.lazy.filter { industryOfFirm[Int($0)] >= 0 }
        guard let firmOfEntry else { return entries.reduce(0) { count, _ in count + 1 } }
        return Set(entries.map { firmOfEntry[Int($0)] }).count
    }
}

/// The firms of every region, as canonical positions, ascending.
private struct FirmsOfRegions: Sendable {
    private let groups: FirmsByIndustry
    private let regionCount: Int

    init(_ regionOfFirm: [Int32], regionCount: Int) {
        precondition(regionOfFirm.allSatisfy { $0 < regionCount }, "a name for each region")
        self.regionCount = regionCount
        groups = FirmsByIndustry(
            labels: regionOfFirm.map { $0 < 0 ? Int32(regionCount) : $0 }, industryCount: regionCount + 1)
    }

    subscript(region: Int) -> ArraySlice<Int32> { groups.firms(of: region) }
    var outside: ArraySlice<Int32> { groups.firms(of: regionCount) }
}
