import ColocationMining
import VectorInput

/// Which patterns are local: what ``RegionalMining`` found, by code.
public struct RegionReport: Sendable, Equatable {
    /// All regions, by number, those that were not mined included.
    public var regions: [RegionRecord]
    /// Firms outside every region; they count for the whole only.
    public var firmsOutside: Int
    /// |∪ P_g|: sets of industries that are a pattern of some region.
    public var regionalPatterns: Int
    /// |(∪ P_g) \ P|: those of them that are no pattern of the whole.
    public var localPatterns: Int

    /// The share of the regions' patterns that the whole does not show; nil where no region has any.
    public var localShare: Double? {
        regionalPatterns == 0 ? nil : Double(localPatterns) / Double(regionalPatterns)
    }

    /// Makes one of these values.
    public init(regions: [RegionRecord], firmsOutside: Int, regionalPatterns: Int, localPatterns: Int) {
        self.regions = regions
        self.firmsOutside = firmsOutside
        self.regionalPatterns = regionalPatterns
        self.localPatterns = localPatterns
    }

    init(_ patterns: RegionalPatterns, in regions: [Region], codes: [String], minimumFirms: Int) {
        let mined = patterns.regions.map { RegionRecord($0, identifier: regions[$0.region].identifier, codes: codes) }
        let skipped = patterns.skipped.map { region in
            RegionRecord(
                identifier: regions[region.region].identifier, name: region.name, firms: region.firms,
                skipped: "fewer than \(minimumFirms) firms")
        }
        let numbered =
            Array(zip(patterns.regions.map(\.region), mined)) + Array(zip(patterns.skipped.map(\.region), skipped))
        self.init(
            regions: numbered.sorted { $0.0 < $1.0 }.map(\.1), firmsOutside: patterns.firmsOutside,
            regionalPatterns: patterns.regional.count, localPatterns: patterns.local.count)
    }

    /// What a user should know beside the numbers.
    func warnings(minimumFirms: Int) -> [String] {
        guard regions.allSatisfy({ $0.skipped != nil }) else { return [] }
        guard let largest = regions.map(\.firms).max() else { return ["there is no region: no firm is in one"] }
        return [
            "no region has \(minimumFirms) firms or more, of \(regions.count); the largest has \(largest): none was mined"
        ]
    }
}

/// What is known of one region: a line of the output.
public struct RegionRecord: Sendable, Equatable {
    /// What tells the region from the others.
    public var identifier: String
    /// What people call it.
    public var name: String
    /// Its firms, of the industries asked for.
    public var firms: Int
    /// Why it was not mined; nil when it was.
    public var skipped: String?
    /// The industries with enough firms in it; nil, like all that follows, where it was not mined.
    public var industries: Int?
    /// Its patterns, |P_g|.
    public var patterns: Int?
    /// P_g \ P: those that the whole does not have, as codes, by size, then by codes.
    public var distinctive: [[String]]?
    /// How many of them no other region has either.
    public var onlyHere: Int?
    /// 1 − |P_g ∩ P| / |P_g ∪ P|; nil also where neither has a pattern.
    public var jaccardDistance: Double?

    /// A region that was not mined.
    public init(identifier: String, name: String, firms: Int, skipped: String) {
        self.identifier = identifier
        self.name = name
        self.firms = firms
        self.skipped = skipped
    }

    init(_ outcome: RegionalPatterns.Outcome, identifier: String, codes: [String]) {
        self.identifier = identifier
        name = outcome.name
        firms = outcome.firms
        industries = outcome.industries
        patterns = outcome.patterns.count
        distinctive = outcome.distinctive.map { $0.industries.map { codes[Int($0)] } }
        onlyHere = outcome.onlyHere.count
        jaccardDistance = outcome.jaccardDistance
    }
}
