import ColocationMining
import FirmModel
import SpatialIndex

/// What a user should know about a search for patterns that went through.
struct PatternWarnings {
    let sentences: [String]

    init(_ request: PatternRequest, _ mined: MinedRegister, _ industries: [IndustryOutcome]) {
        var sentences = mined.prepared.doubts(about: request.neighborDistance, called: "neighbor-distance")
        let unmatched = request.industries?.unmatched(in: mined.prepared.industries) ?? []
        if !unmatched.isEmpty {
            sentences.append("no firm has an industry code matching \(unmatched.joined(separator: ", "))")
        }
        let considered = industries.count { $0.excluded == nil }
        if considered < 2 {
            sentences.append(
                "\(considered == 0 ? "no industry has" : "only one industry has") \(request.miner.minimumFirms) firms or more, "
                    + "of \(industries.count): there can be no pattern")
        }
        if !mined.uncounted.isEmpty {
            sentences.append(
                mined.uncounted.count == industries.count
                    ? "no firm has employees that are known: firms are counted instead"
                    : "\(mined.uncounted.count) of \(industries.count) industries have no employees that are known: "
                        + "their firms are counted instead")
        }
        if request.test != nil, !mined.prepared.strataLeaveChance {
            sentences.append(
                "within every stratum all firms are of one industry: dealing codes anew changes nothing, and no p-value is "
                    + "below 1")
        }
        self.sentences = sentences
    }
}
