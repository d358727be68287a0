import ParallelWork

/// The sites around a center from the nearest to the farthest, cut into the zones of a scan: sites at equal distance enter together.
///
/// Belongs to one worker, which arranges it for one center after the other. Distances are spread over many narrow bins by their
/// leading bits, and the few of a bin are then sorted: linear in the number of sites.
///
/// Memory: 32 to 40 bytes a site.
final class DistanceOrder {
    /// A site and how far it is.
    struct Entry: BitwiseCopyable {
        var squared: Double
        var site: Int32
    }

    private let vectors: SiteVectors
    private let siteCount: Int
    private let squared: UnsafeMutablePointer<Double>
    private let bins: UnsafeMutablePointer<Int32>
    private let binCount: Int
    private let droppedBits: UInt32

    /// Sites by distance, then number.
    let entries: UnsafeMutablePointer<Entry>
    /// Where each zone ends among the entries.
    let zoneEnds: UnsafeMutablePointer<Int32>
    /// The population of each zone.
    let zonePopulations: UnsafeMutablePointer<Int>
    /// Zones that are not too large.
    private(set) var zoneCount = 0

    // Of 2²⁶ times the square: what is nearer than a 8,000th of the farthest distance shares the first bin.
    private static let octaves = 26

    init(_ vectors: SiteVectors) {
        self.vectors = vectors
        siteCount = vectors.first.count
        // Some two sites a bin where they are spread over a few octaves.
        let mantissaBits = max(3, min(20, Int.bitWidth - siteCount.leadingZeroBitCount - 5))
        droppedBits = UInt32(23 - mantissaBits)
        binCount = Self.octaves << mantissaBits + 1
        squared = .allocate(capacity: siteCount)
        bins = .allocate(capacity: binCount + 1)
        entries = .allocate(capacity: siteCount)
        zoneEnds = .allocate(capacity: siteCount)
        zonePopulations = .allocate(capacity: siteCount)
    }

    deinit {
        squared.deallocate()
        bins.deallocate()
        entries.deallocate()
        zoneEnds.deallocate()
        zonePopulations.deallocate()
    }

    /// The squared radius of a zone.
    func squaredRadius(_ zone: Int) -> Double { entries[Int(zoneEnds[zone]) - 1].squared }

    /// The entries that a zone adds to the one before it.
    @inline(__always)
    func added(by zone: Int) -> Range<Int> { (zone == 0 ? 0 : Int(zoneEnds[zone - 1]))..<Int(zoneEnds[zone]) }

    /// Arranges the zones around a center that hold at most `limit` of a population.
    func arrange(around center: Int, population: UnsafeBufferPointer<Int>, limit: Int) {
        spread(from: center)
        zoneCount = 0
        var (start, members) = (0, 0)
        for bin in 0..<binCount where Int(bins[bin]) > start {
            let end = Int(bins[bin])
            sort(start..<end)
            // Equal distances are in one bin.
            while start < end {
                let distance = entries[start].squared
                repeat {
                    members += population[Int(entries[start].site)]
                    start += 1
                } while start < end && entries[start].squared == distance
                guard members <= limit else { return }
                zoneEnds[zoneCount] = Int32(truncatingIfNeeded: start)
                zonePopulations[zoneCount] = members
                zoneCount += 1
            }
        }
    }

    /// Writes all entries bin by bin, within a bin by number of site; afterwards `bins` holds where each bin ends.
    private func spread(from center: Int) {
        let (squared, bins, entries) = (squared, bins, entries)
        let largest = vectors.writeSquaredDistances(from: center, to: squared)
        let dropped = droppedBits
        // The bits of floats that are not negative ascend with them, and rounding to a float keeps the order.
        let firstBits = Int(Float(largest).bitPattern >> dropped) - (binCount - 1)
        bins.update(repeating: 0, count: binCount + 1)
        for site in 0..<siteCount {
            let bin = max(0, Int(Float(squared[site]).bitPattern >> dropped) - firstBits)
            bins[bin + 1] &+= 1
        }
        for bin in 0..<binCount { bins[bin + 1] &+= bins[bin] }
        for site in 0..<siteCount {
            let bin = max(0, Int(Float(squared[site]).bitPattern >> dropped) - firstBits)
            entries[Int(bins[bin])] = Entry(squared: squared[site], site: Int32(truncatingIfNeeded: site))
            bins[bin] &+= 1
        }
    }

    private func sort(_ range: Range<Int>) {
        guard range.count <= 24 else {
            var bin = UnsafeMutableBufferPointer(start: entries + range.lowerBound, count: range.count)
            bin.sort { $0.squared != $1.squared ? $0.squared < $1.squared : $0.site < $1.site }
            return
        }
        let entries = entries
        for index in range.dropFirst() {
            let entry = entries[index]
            var place = index
            while place > range.lowerBound, entries[place - 1].squared > entry.squared {
                entries[place] = entries[place - 1]
                place -= 1
            }
            entries[place] = entry
        }
    }
}
