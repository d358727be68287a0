import ColocationMining
import ParallelWork
import SignificanceTesting
import SpatialIndex

/// Makes the labels of simulated registers.
///
/// Industry and weight of a firm go together to another; a firm of no industry is dealt like any other. Where firms
/// have several entries, all entries of a firm go together to a firm with as many, so that every firm keeps its number
/// of codes and no firm gets a code twice.
///
/// Memory: what ``/SignificanceTesting/Relabelling`` takes, and 12 bytes an entry where firms have several.
struct LabelDealing: Sendable {
    private let labels: IndustryLabels
    private let seed: UInt64
    private let relabelling: Relabelling
    private let entries: EntriesOfFirms?

    /// - Parameter strata: for each canonical position a number from 0 on, within which labels are dealt; for a firm of
    ///   several entries that of the first counts.
    init(
        of labels: IndustryLabels, on sites: Sites, _ model: NullModel, strata: [Int32]?, seed: UInt64, workers: Workers
    ) throws {
        self.labels = labels
        self.seed = seed
        let curve = model == .cyclicShift ? try sites.firmsAlongHilbertCurve(seed: seed, workers: workers) : nil
        let entries = labels.firmOfEntry.map { EntriesOfFirms($0, labels, on: sites) }
        self.entries = entries
        guard let entries else {
            relabelling = Relabelling(model, firmCount: labels.industryOfFirm.count, strata: strata, curve: curve)
            return
        }
        relabelling = Relabelling(
            model, firmCount: entries.firmCount, strata: entries.strata(within: strata),
            curve: curve.map { entries.curve(through: $0) })
    }

    /// The labels of the simulation with a number: a function of it, of the seed, and of the canonical order of firms.
    func labels(replicate: Int) -> IndustryLabels {
        var industries: [Int32] = []
        var weights: [Int64]?
        if let entries {
            var source: [Int32] = []
            relabelling.deal((0..<Int32(entries.firmCount)).map { $0 }, to: &source, replicate: replicate, seed: seed)
            industries = entries.dealt(labels.industryOfFirm, from: source)
            weights = labels.weights.map { entries.dealt($0, from: source) }
        } else {
            relabelling.deal(labels.industryOfFirm, to: &industries, replicate: replicate, seed: seed)
            if let observed = labels.weights {
                var dealt: [Int64] = []
                relabelling.deal(observed, to: &dealt, replicate: replicate, seed: seed)
                weights = dealt
            }
        }
        return IndustryLabels(
            industryOfFirm: industries, industryCount: labels.industryCount, weights: weights,
            firmOfEntry: labels.firmOfEntry)
    }
}

/// Which entries are of one firm.
///
/// Firms are numbered by the site of their first entry, then by their industries and weights, so that firms with neighboring numbers
/// that could change places are alike: the order of rows decides nothing.
struct EntriesOfFirms: Sendable {
    /// The entries of firm f are `entries[starts[f]..<starts[f + 1]]`, ascending.
    private let starts: [Int32]
    private let entries: [Int32]
    private let firmOfEntry: [Int32]

    /// - Parameter firms: for each entry the number of its firm, any number.
    init(_ firms: [Int32], _ labels: IndustryLabels, on sites: Sites) {
        var siteOfEntry = [Int32](repeating: 0, count: firms.count)
        for site in 0..<sites.count {
            for entry in sites.firmStarts[site]..<sites.firmStarts[site + 1] { siteOfEntry[Int(entry)] = Int32(site) }
        }
        var groups: [Int32: [Int32]] = [:]
        for (entry, firm) in firms.enumerated() { groups[firm, default: []].append(Int32(entry)) }
        let ordered = groups.values.map { own in
            (
                key: own.flatMap { entry -> [Int64] in
                    let industry = Int64(labels.industryOfFirm[Int(entry)])
                    return [Int64(siteOfEntry[Int(entry)]), industry, labels.weights?[Int(entry)] ?? 1]
                }, own: own
            )
        }
        .sorted {
            $0.key != $1.key
                ? $0.key.lexicographicallyPrecedes($1.key) : $0.own.lexicographicallyPrecedes($1.own)
        }
        var (starts, entries): ([Int32], [Int32]) = ([0], [])
        var firmOfEntry = [Int32](repeating: 0, count: firms.count)
        for (number, firm) in ordered.enumerated() {
            for entry in firm.own { firmOfEntry[Int(entry)] = Int32(number) }
            entries += firm.own
            starts.append(Int32(entries.count))
        }
        (self.starts, self.entries, self.firmOfEntry) = (starts, entries, firmOfEntry)
    }

    var firmCount: Int { starts.count - 1 }

    private func entries(of firm: Int) -> ArraySlice<Int32> { entries[Int(starts[firm])..<Int(starts[firm + 1])] }

    /// Firms among which sets of codes can be dealt: those of one stratum with as many entries.
    func strata(within strata: [Int32]?) -> [Int32] {
        struct Kind: Hashable {
            let stratum: Int32
            let entries: Int
        }
        var numbers: [Kind: Int32] = [:]
        return (0..<firmCount).map { firm in
            let own = entries(of: firm)
            let kind = Kind(stratum: strata?[Int(own[own.startIndex])] ?? 0, entries: own.count)
            let number = numbers[kind] ?? Int32(numbers.count)
            numbers[kind] = number
            return number
        }
    }

    /// The firms as a curve through their entries first meets them.
    func curve(through path: [Int32]) -> [Int32] {
        var isMet = [Bool](repeating: false, count: firmCount)
        return path.compactMap { entry in
            let firm = firmOfEntry[Int(entry)]
            guard !isMet[Int(firm)] else { return nil }
            isMet[Int(firm)] = true
            return firm
        }
    }

    /// Gives each firm what another has, entry by entry.
    ///
    /// - Parameter source: for each firm that other one.
    func dealt<Value>(_ values: [Value], from source: [Int32]) -> [Value] {
        var dealt = values
        for (firm, source) in source.enumerated() {
            for (entry, other) in zip(entries(of: firm), entries(of: Int(source))) {
                dealt[Int(entry)] = values[Int(other)]
            }
        }
        return dealt
    }
}
