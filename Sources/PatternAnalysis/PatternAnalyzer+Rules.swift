import ColocationMining
import ParallelWork
import SpatialIndex

extension PatternAnalyzer {
    /// The rules of some patterns, in their order; of a pattern by the number of industries in A, then by their codes. Nil where none
    /// are asked for.
    ///
    /// - Parameter records: the same patterns as they are reported.
    func rules(
        of patterns: [ColocationPattern], _ records: [PatternRecord], _ mined: MinedRegister,
        _ relation: NeighborRelation, _ warnings: inout [String]
    ) throws -> [ColocationRule]? {
        guard request.reportsRules else { return nil }
        var rules = records.map(\.rules)
        // Rules with the same A share the walk over its row instances.
        var extensions: [[Int32]: [(pattern: Int, consequent: [Int32])]] = [:]
        for (index, pattern) in patterns.enumerated() {
            for antecedent in Self.antecedents(in: pattern.industries, largest: request.ruleAntecedents) {
                let consequent = pattern.industries.filter { !antecedent.contains($0) }
                extensions[antecedent, default: []].append((index, consequent))
            }
        }
        let antecedents = extensions.keys.sorted {
            $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
        }
        if !antecedents.isEmpty {
            progress.began("counting row instances of antecedents", total: antecedents.count)
        }
        let codes = mined.prepared.industries
        var beyond = 0
        for antecedent in antecedents {
            let asked = extensions[antecedent, default: []]
            do {
                let counts = try relation.extendedInstances(
                    of: antecedent, by: asked.map(\.consequent), labels: mined.unweighted, workers: workers)
                // A set of industries that are nowhere together is reported where it was tested and no index is asked for; what
                // follows from it is undefined.
                for (rule, extended) in zip(asked, counts.extended) where counts.instances > 0 {
                    rules[rule.pattern].append(
                        ColocationRule(
                            antecedent: antecedent.map { codes[Int($0)] },
                            consequent: rule.consequent.map { codes[Int($0)] },
                            conditionalProbability: Double(extended) / Double(counts.instances),
                            support: records[rule.pattern].participationIndex))
                }
            } catch ColocationError.tooManyRowInstances {
                beyond += 1
            }
            progress.advanced(by: 1)
        }
        if beyond > 0 {
            warnings.append(
                "\(beyond) of \(antecedents.count) antecedents of several industries have more row instances than can be "
                    + "counted; their rules are left out")
        }
        return rules.flatMap { $0 }
    }

    /// The sets of two to `largest` industries of a pattern, the pattern itself aside; by size, then by their numbers.
    static func antecedents(in industries: [Int32], largest: Int) -> [[Int32]] {
        var sets: [[Int32]] = []
        var level: [(set: [Int32], next: Int)] = [([], 0)]
        for _ in 0..<min(largest, industries.count - 1) {
            level = level.flatMap { set, next in
                (next..<industries.count).map { (set + [industries[$0]], $0 + 1) }
            }
            if level.first.map({ $0.set.count > 1 }) == true { sets += level.map(\.set) }
        }
        return sets
    }
}
