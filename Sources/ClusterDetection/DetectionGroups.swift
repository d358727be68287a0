import ColocationMining
import FirmModel
import PatternAnalysis
import SpatialIndex

/// What is clustered together: the firms of an industry, or those that take part in a co-location pattern.
struct DetectionGroup: Sendable {
    /// Indices into the register's codes, ascending: one, or those of the pattern. All firms of these count in n_k and n_kZ.
    let industries: [Int32]
    /// The code, or the codes of a pattern joined by `+`.
    let code: String
    /// Where the firms that take part in it are among those of all patterns; nil for an industry.
    let pattern: Int?

    fileprivate init(industries: [Int32], codes: [String], pattern: Int? = nil) {
        self.industries = industries
        code = industries.map { codes[Int($0)] }.joined(separator: "+")
        self.pattern = pattern
    }

    /// n_k: all firms of the industries.
    func firmCount(_ firmsOfIndustry: [Int]) -> Int { industries.reduce(0) { $0 + firmsOfIndustry[Int($1)] } }
}

/// The groups to detect, in the order of their codes: one for each industry, or for each that was selected, and one for each pattern.
struct DetectionGroups: Sendable {
    let groups: [DetectionGroup]
    /// Patterns of the selection that no code of the register matches.
    let unmatched: [String]
    /// The patterns among the groups; nil where none were asked for.
    let patterns: PatternGroups?

    /// - Throws: ``DetectionRequestError/ambiguousCode(_:)``.
    init(
        _ request: DetectionRequest, industries: SelectedIndustries, patterns: PatternGroups?, codes: [String]
    ) throws(DetectionRequestError) {
        self.patterns = patterns
        unmatched = industries.unmatched
        let ofIndustries =
            request.groups == .patterns
            ? [] : industries.industries.map { DetectionGroup(industries: [$0], codes: codes) }
        guard let patterns else {
            groups = ofIndustries
            return
        }
        let ofPatterns = patterns.chosen.enumerated().map {
            DetectionGroup(industries: $1.pattern.industries, codes: codes, pattern: $0)
        }
        groups = (ofIndustries + ofPatterns).sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
        // Only codes that have a + themselves can come out the same.
        if let twice = zip(groups, groups.dropFirst()).first(where: { $0.code == $1.code }) {
            throw .ambiguousCode(twice.0.code)
        }
    }
}

/// The industries that were asked for.
struct SelectedIndustries {
    /// Indices into the register's codes, ascending.
    let industries: [Int32]
    /// Patterns of the selection that no code of the register matches.
    let unmatched: [String]

    init(_ selection: IndustrySelection?, codes: [String]) {
        guard let selection else {
            industries = (0..<Int32(codes.count)).map { $0 }
            unmatched = []
            return
        }
        industries = (0..<Int32(codes.count)).filter { selection.contains(codes[Int($0)]) }
        unmatched = selection.unmatched(in: codes)
    }
}

/// The firms of every group in one labelling of a register: those of an industry, those that take part in a pattern.
struct FirmsOfGroups: Sendable {
    /// All firms by industry.
    let labelled: FirmsByIndustry
    /// For each pattern its firms, ascending.
    let participants: [[Int32]]

    /// Canonical positions, ascending.
    func firms(of group: DetectionGroup) -> ArraySlice<Int32> {
        if let pattern = group.pattern { return participants[pattern][...] }
        return labelled.firms(of: Int(group.industries[0]))
    }

    /// The firms of a group's industries, whether or not they take part in the pattern: what is counted in n_kZ. Ascending.
    func allFirms(of group: DetectionGroup) -> ArraySlice<Int32> {
        guard group.industries.count > 1 else { return labelled.firms(of: Int(group.industries[0])) }
        return group.industries.flatMap { labelled.firms(of: Int($0)) }.sorted()[...]
    }
}
