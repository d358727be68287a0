public import ColocationMining
import SignificanceTesting

/// A pattern and how it compares with chance.
public struct TestedPattern: Sendable, Equatable {
    /// The pattern as observed.
    public let pattern: ColocationPattern
    /// The index that was compared.
    public let index: Double
    /// Mean of the index over simulated registers.
    public let nullMean: Double
    /// Its standard deviation over them.
    public let nullDeviation: Double
    /// p↑: that chance alone gives an index as large.
    public let pValue: Double
    /// ``pValue`` adjusted for the patterns that were tested with this one.
    public let qValue: Double
    /// Whether ``qValue`` is at most α. Patterns were only tested where all parts are significant.
    public let isSignificant: Bool
    /// p↓: that chance alone gives an index as small. Nil under ``/SignificanceTesting/NullModel/cyclicShift``, which
    /// breaks up what is bunched in two dimensions: next to its registers, any industries that are bunched seem to keep
    /// apart.
    public let segregationPValue: Double?
    /// ``segregationPValue`` adjusted likewise.
    public let segregationQValue: Double?
    /// Whether ``segregationQValue`` is at most α: the industries keep apart.
    public let isSegregated: Bool
    /// Whether it is significant and no significant pattern holds it and more.
    public internal(set) var isMaximal = false

    /// Index over null mean: above 1 the industries sit together more than chance has it. Nil when the mean is 0.
    public var indexRatio: Double? { nullMean > 0 ? index / nullMean : nil }
    /// (index − null mean) / null deviation; nil when all simulations agree.
    public var standardizedIndex: Double? { nullDeviation > 0 ? (index - nullMean) / nullDeviation : nil }
}

/// Patterns that were tested, by size, then by their industries.
public struct TestedPatterns: Sendable {
    /// How they were tested.
    public let test: PatternTest
    /// The index that was compared.
    public let measure: PatternMiner.Measure
    /// All of them, significant or not.
    public private(set) var patterns: [TestedPattern] = []
    /// Those that were adjusted together: of one size each; all sizes at once where a list was tested.
    public private(set) var families: [Family] = []
    /// A size that was not tested, nor larger ones, as too many patterns had only significant parts; nil when there is
    /// none.
    public internal(set) var untested: (size: Int, patterns: Int)?

    /// Patterns adjusted together.
    public struct Family: Sendable, Equatable {
        /// The sizes of its patterns.
        public let sizes: ClosedRange<Int>
        /// m.
        public let tested: Int
        /// Those that are significant.
        public let significant: Int
        /// Those that are segregated.
        public let segregated: Int
        /// The smallest M with which a single pattern can be significant by itself.
        public let simulationsNeeded: Int
        /// How many have to have the smallest p-value together for any to be significant.
        public let neededAtFloor: Int
    }

    init(test: PatternTest, measure: PatternMiner.Measure) {
        self.test = test
        self.measure = measure
    }

    /// The significant ones.
    public var significant: [TestedPattern] { patterns.filter(\.isSignificant) }
    /// The significant ones that no other significant one holds.
    public var maximal: [TestedPattern] { patterns.filter(\.isMaximal) }

    /// The pattern of some industries, ascending; nil when it was not tested.
    ///
    /// - Complexity: O(log m) where sizes were tested one after the other, else O(m).
    public subscript(industries: [Int32]) -> TestedPattern? {
        guard families.allSatisfy({ $0.sizes.count == 1 }) else {
            return patterns.first { $0.pattern.industries == industries }
        }
        func precedes(_ index: Int) -> Bool {
            let own = patterns[index].pattern.industries
            return own.count != industries.count
                ? own.count < industries.count : own.lexicographicallyPrecedes(industries)
        }
        var (low, high) = (0, patterns.count)
        while low < high {
            let middle = (low + high) / 2
            if precedes(middle) { low = middle + 1 } else { high = middle }
        }
        return low < patterns.count && patterns[low].pattern.industries == industries ? patterns[low] : nil
    }

    func significant(ofSize size: Int) -> [[Int32]] {
        patterns.filter { $0.isSignificant && $0.pattern.size == size }.map(\.pattern.industries)
    }

    /// Adds a family that was tested.
    mutating func add(_ family: [TestedPattern]) {
        let sizes = family.map(\.pattern.size)
        guard let smallest = sizes.min(), let largest = sizes.max() else { return }
        patterns += family
        let (needed, atFloor) =
            switch test.adjustment {
            case .withinSize(let adjustment):
                (
                    adjustment.simulationsNeeded(families: family.count, level: test.significanceLevel),
                    adjustment.familiesNeededAtFloor(
                        simulations: test.simulations, families: family.count, level: test.significanceLevel)
                )
            case .stepDownMaximum:
                // One at the floor of the maximum's distribution is enough, if the floor is low enough.
                (
                    FalseDiscoveryAdjustment.benjaminiHochberg.simulationsNeeded(
                        families: 1, level: test.significanceLevel),
                    FalseDiscoveryAdjustment.benjaminiHochberg.familiesNeededAtFloor(
                        simulations: test.simulations, families: 1, level: test.significanceLevel)
                )
            }
        families.append(
            Family(
                sizes: smallest...largest, tested: family.count, significant: family.count(where: \.isSignificant),
                segregated: family.count(where: \.isSegregated), simulationsNeeded: needed, neededAtFloor: atFloor))
    }

    /// Notes which significant patterns no other significant one holds.
    mutating func markMaximal() {
        var bySize: [Int: [Int]] = [:]
        for (index, pattern) in patterns.enumerated() { bySize[pattern.pattern.size, default: []].append(index) }
        // Parts of the significant patterns that are larger.
        var held: Set<[Int32]> = []
        for size in stride(from: bySize.keys.max() ?? 0, to: 1, by: -1) {
            var parts: Set<[Int32]> = []
            var holders = held
            for index in bySize[size] ?? [] where patterns[index].isSignificant {
                patterns[index].isMaximal = !held.contains(patterns[index].pattern.industries)
                holders.insert(patterns[index].pattern.industries)
            }
            for holder in holders where holder.count > 2 {
                for slot in holder.indices {
                    var part = holder
                    part.remove(at: slot)
                    parts.insert(part)
                }
            }
            held = parts
        }
    }
}

extension TestedPatterns {
    /// What a reader has to know before taking silence for chance: that M is too small for the patterns tested, or that
    /// a size was not tested.
    public var warnings: [String] {
        var warnings: [String] = []
        for family in families where test.simulations < family.simulationsNeeded {
            let patterns =
                family.sizes.count > 1
                ? "patterns"
                : family.sizes.lowerBound == 2 ? "pairs" : "patterns of \(family.sizes.lowerBound) industries"
            let floor = "with \(test.simulations) simulations no p-value is below 1/\(test.simulations + 1)"
            let level = "at a level of \(test.significanceLevel)"
            let remedy = "\(family.simulationsNeeded) simulations are needed for a single one"
            let other = test.adjustment == .stepDownMaximum ? "" : ", or the step-down maximum"
            let problem =
                family.neededAtFloor > family.tested
                ? "none of \(family.tested) \(patterns) can be significant"
                : "\(family.neededAtFloor) of \(family.tested) \(patterns) have to be there together for any to be significant"
            warnings.append("\(floor): \(problem) \(level); \(remedy)\(other)")
        }
        if let untested {
            warnings.append(
                "at least \(untested.patterns) patterns of \(untested.size) industries have only significant parts, more than the "
                    + "\(PatternTest.mostPatterns) that are tested at once: patterns of \(untested.size) and more were "
                    + "not tested")
        }
        return warnings
    }
}
