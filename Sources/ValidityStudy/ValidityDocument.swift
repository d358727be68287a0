/// `Docs/Validity.md`: what was simulated, what came out, and what it does not say.
struct ValidityDocument {
    let results: StudyResults
    let plan: StudyPlan

    /// The text in Markdown. No clock time is part of it: the same plan gives the same bytes.
    var text: String {
        [introduction, demands, registers, null, families, planted, limits].joined(separator: "\n\n") + "\n"
    }

    private var introduction: String {
        """
        # Can the p-values be relied on?

        <!-- Written by `make validity`; do not edit. -->

        A cluster is found by looking for the densest places of an industry, so a test that takes the place for given finds \
        what was picked out beforehand. The test of FirmClusters deals the industry codes anew and repeats the whole detection, \
        its choices included, and compares with the strongest cluster that chance then yields. This study simulates \
        registers whose answer is known and asks three things: (a) how often a cluster is called significant where there is \
        none, (b) how often where many industries are tested at once, (c) how often, and how well, a cluster that is \
        there is found.

        `make validity` repeats it. Seed \(plan.seed); register, industry and test draw from streams of their own, and the \
        numbers do not depend on the number of threads. Intervals are those of Clopper and Pearson at 95 percent; of twenty \
        such intervals of an exact test one is expected to miss.
        """
    }

    private var demands: String {
        "## In short\n\n"
            + MarkdownTable(
                ["demand", "met in", ""], alignment: "lrl",
                rows: Demand.all(of: results, plan).map {
                    [$0.text, "\($0.met) of \($0.cases)", $0.isMet ? "holds" : "**does not hold**"]
                }
            ).text
    }

    private var registers: String {
        """
        ## The registers

        \(plan.firms) firms in a country of \(Int(Landscape.side / 1000)) by \(Int(Landscape.side / 1000)) km. Agglomeration \
        is shared by all industries, as in real registers: \(Landscape.townCount) towns whose sizes follow Zipf's law, with \
        dense cores and frayed edges; malls with many firms on one site, a tenth of all firms; another 15 percent in a building \
        with other firms, the likelier the more there are; 15 percent anywhere in the country. Towns have their own mix of the other \
        industries. The industry under study is dealt to firms at random: many of its firms are close to each other in \
        towns and malls, and none of that is a cluster of the industry.

        Sizes of firms, where they count: lognormal, one and a half times as large in the industry under study as elsewhere, \
        one in ten unknown. "Employees of towns" makes firms in some towns larger than in others as well. That is no \
        chance in the eyes of the test, which deals code and size together: it asks whether employees of the industry gather, \
        and takes sizes that differ between places for part of the answer.
        """
    }

    private var null: String {
        guard !results.null.isEmpty else { return "" }
        let level = plan.level
        let table = MarkdownTable(
            [
                "method", "firms of the industry", "registers", "naive p ≤ \(level)", "test p ≤ \(level)",
                "test, mean p",
            ],
            alignment: "lrrrrr",
            rows: results.null.map { row in
                let tested = row.outcomes.compactMap(\.tested)
                return [
                    row.method, "\(row.groupSize)", "\(row.outcomes.count)",
                    FixedDecimals.text(row.naiveShare(at: level)),
                    row.testedShare(at: level).map(FixedDecimals.text) ?? "not tested",
                    tested.isEmpty ? "" : FixedDecimals.text(tested.reduce(0, +) / Double(tested.count)),
                ]
            })
        let settings = plan.nullMethods.map { "- \($0.name): \($0.settings)" }.joined(separator: "\n")
        return """
            ## (a) One industry, no clusters

            M = \(plan.nullSimulations) simulations without early stopping, so that α(M + 1) is a whole number and an exact \
            test rejects in \(level) of the registers. The naive p-value is the hypergeometric tail of the footprint of the best \
            cluster, as if that footprint had been given beforehand. All methods meet registers with the same firms at \
            the same places.

            \(settings)

            \(table.text)

            An exact test has a mean p of a half. It is above where a fixed radius often finds no cluster among few firms, since p is \
            then 1, and where many clusters are equally strong, since ties count against significance.

            Where sizes of firms differ between towns, a test on employees that deals code and size together rejects more often than \
            its level: a town of large firms is more than that null model expects of any town. Strata (`--strata`) keep \
            such differences between places out of the test. Those rows are shown, not held to the \
            demands above.

            ![Share of registers rejected by the naive p-value and by the test](Images/\(ValidityFigures.rejections))

            ![Share of registers rejected against the level](Images/\(ValidityFigures.levels))
            """
    }

    private var families: String {
        guard !results.families.isEmpty else { return "" }
        let table = MarkdownTable(
            ["method", "registers", "naive p, Bonferroni", "test", "industries with a significant cluster"],
            alignment: "lrrrr",
            rows: results.families.map { row in
                [
                    row.method, "\(row.outcomes.count)", FixedDecimals.text(row.naiveShare),
                    row.testedShare.map(FixedDecimals.text) ?? "not tested",
                    "\(row.outcomes.reduce(0) { $0 + $1.rejectedGroups }) of \(row.outcomes.count * plan.familyGroups)",
                ]
            })
        return """
            ## (b) Many industries, no clusters

            \(plan.familyGroups) industries of \(plan.familyGroupSize) firms in each register, M = \(plan.familySimulations) \
            with sequential stopping after ten exceedances, p-values of the industries adjusted after Benjamini and Hochberg. Share of \
            the registers with any significant cluster; of the naive p-value, with the level divided by the number of industries.

            \(table.text)
            """
    }

    private var planted: String {
        guard !results.planted.isEmpty else { return "" }
        func text(_ value: Double?) -> String { value.map(FixedDecimals.text) ?? "" }
        let table = MarkdownTable(
            ["method", "strength", "planted firms", "found", "any significant", "precision", "recall", "ARI"],
            alignment: "lrrrrrrr",
            rows: results.planted.map { row in
                let planted = row.outcomes.reduce(0) { $0 + $1.agreement.planted }
                return [
                    row.method, StrengthText.text(row.strength),
                    FixedDecimals.text(Double(planted) / Double(row.outcomes.count)),
                    row.power.map(FixedDecimals.text) ?? "not tested",
                    row.rejections.map(FixedDecimals.text) ?? "not tested",
                    text(row.precision), text(row.recall), text(row.adjustedRandIndex),
                ]
            })
        return """
            ## (c) One planted cluster

            One industry of \(plan.plantedGroupSize) firms. Around a firm drawn at random the smallest disc with \
            \(plan.discFirms) firms of all industries is drawn: a few streets of a town, or a stretch of country. Inside it the \
            industry is dealt to firms at a multiple of the rate outside, the strength; its firms inside are the planted ones. At \
            strength 1 nothing is planted. M = \(plan.plantedSimulations), \(plan.plantedRegisters) registers for each row, \
            the same for all methods.

            Found: one significant cluster holds at least half of the planted firms. Precision: planted firms among the \
            members of significant clusters; recall: planted firms that are such members; both over the firms of all \
            registers. ARI: mean adjusted Rand index of the registers, which is 0 where nothing is significant.

            \(table.text)

            ![Share of registers in which the planted cluster is found](Images/\(ValidityFigures.power))

            ![Precision, recall and adjusted Rand index against strength](Images/\(ValidityFigures.agreement))

            Clusters by density follow the towns: one that is found in a town takes the neighbors of the planted firms with it, which \
            costs precision; one that is planted in the country may have no five firms within the radius, which costs \
            power.
            """
    }

    private var limits: String {
        """
        ## What this does not say

        - The registers are simulated. Real agglomeration has more shapes; what makes the test valid is that codes are dealt anew \
        to the very firms of the register, whatever their places.
        - Industries that avoid or seek each other, or certain towns, are not chance in the eyes of random labelling. A \
        significant cluster says that the industry gathers there beyond the other firms, not why.
        - A significant cluster is one whose strength chance rarely reaches; its outline is not tested, and precision above \
        shows how far it may be off.
        """
    }
}

/// Strengths as they are written: 3 and 1.5.
private enum StrengthText {
    static func text(_ strength: Double) -> String {
        strength == strength.rounded() ? "\(Int(strength))" : "\(strength)"
    }
}
