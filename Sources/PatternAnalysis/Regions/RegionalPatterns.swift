public import ColocationMining

/// The patterns of a whole register beside those of its regions: what ``RegionalMining`` finds.
///
/// With P the patterns of the whole and P_g those of region g, over patterns of equal maximal size. How the shares are read is this
/// project's own; the study that the procedure follows does not say (Liu, Chen, Xu, Chen & Li 2021).
public struct RegionalPatterns: Sendable {
    /// What is found in one region.
    public struct Outcome: Sendable {
        /// The number of the region.
        public let region: Int
        /// What it is called.
        public let name: String
        /// Its firms.
        public let firms: Int
        /// The industries with enough firms in it.
        public let industries: Int
        /// P_g, by size, then by industries. Totals are the firms of the region.
        public let patterns: [ColocationPattern]
        /// P_g \ P: those that the whole does not have.
        public let distinctive: [ColocationPattern]
        /// Of ``distinctive`` those that no other region has either.
        public let onlyHere: [ColocationPattern]
        /// 1 − |P_g ∩ P| / |P_g ∪ P|: 0 where region and whole have the same patterns, 1 where they share none; nil where neither
        /// has any.
        public let jaccardDistance: Double?
    }

    /// A region that was not mined because it has too few firms.
    public struct Skipped: Sendable, Equatable {
        /// The number of the region.
        public let region: Int
        /// What it is called.
        public let name: String
        /// Its firms.
        public let firms: Int
    }

    /// P: the patterns of all firms, by size, then by industries.
    public let city: [ColocationPattern]
    /// The regions that were mined, by number.
    public let regions: [Outcome]
    /// The others, by number.
    public let skipped: [Skipped]
    /// Firms outside every region; they count for the whole only.
    public let firmsOutside: Int
    /// ∪ P_g: the sets of industries that are a pattern of some region, by size, then by industries.
    public let regional: [[Int32]]
    /// (∪ P_g) \ P: those of them that are none of the whole.
    public let local: [[Int32]]

    /// |(∪ P_g) \ P| / |∪ P_g|, the share of the regions' patterns that the whole does not show; nil where no region has any.
    public var localShare: Double? {
        regional.isEmpty ? nil : Double(local.count) / Double(regional.count)
    }

    init(
        city: [ColocationPattern], mined: [(region: Int, firms: Int, industries: Int, patterns: [ColocationPattern])],
        skipped: [Skipped], names: [String], firmsOutside: Int
    ) {
        let ofCity = Set(city.map(\.industries))
        var regionsWith: [[Int32]: Int] = [:]
        for region in mined {
            for pattern in region.patterns { regionsWith[pattern.industries, default: 0] += 1 }
        }
        self.city = city
        regions = mined.map { region in
            let distinctive = region.patterns.filter { !ofCity.contains($0.industries) }
            let shared = region.patterns.count - distinctive.count
            let union = ofCity.count + distinctive.count
            return Outcome(
                region: region.region, name: names[region.region], firms: region.firms, industries: region.industries,
                patterns: region.patterns, distinctive: distinctive,
                onlyHere: distinctive.filter { regionsWith[$0.industries] == 1 },
                jaccardDistance: union == 0 ? nil : 1 - Double(shared) / Double(union))
        }
        self.skipped = skipped
        self.firmsOutside = firmsOutside
        regional = regionsWith.keys.sorted {
            $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
        }
        local = regional.filter { !ofCity.contains($0) }
    }
}
