/// What a test that can be relied on has to show in the study.
struct Demand: Sendable {
    let text: String
    /// Of so many cases all have to meet it.
    let met: Int
    let cases: Int

    var isMet: Bool { met == cases }

    private init<Case>(_ text: String, of cases: [Case], _ isMet: (Case) -> Bool) {
        self.text = text
        self.met = cases.count(where: isMet)
        self.cases = cases.count
    }

    /// All demands on the results of a plan; cases without a test do not meet them.
    ///
    /// The sizes of firms of ``StudyMethod/employmentOfTowns`` are no chance by the null model, so nothing is asked there.
    static func all(of results: StudyResults, _ plan: StudyPlan) -> [Demand] {
        let level = plan.level
        let least = 0.04
        let valid = results.null.filter { $0.method != StudyMethod.employmentOfTowns.name }
        return [
            Demand("(a) The interval of the test's share of rejections begins at \(level) or below.", of: valid) {
                ($0.testedShare(at: level)?.limits.lowerBound ?? 1) <= level
            },
            Demand(
                "(a) With 500 firms or more it ends at \(least) or above.",
                of: valid.filter { $0.groupSize >= 500 }
            ) { ($0.testedShare(at: level)?.limits.upperBound ?? 0) >= least },
            Demand("(a) The naive p-value rejects more often than its level allows.", of: valid) {
                $0.naiveShare(at: level).limits.lowerBound > level
            },
            Demand(
                "(b) The interval of the share of registers with a rejection begins at \(level) or below.",
                of: results.families
            ) {
                ($0.testedShare?.limits.lowerBound ?? 1) <= level
            },
        ]
    }
}
