import FirmModel

/// The firms of a ``RegisterDescription``, drawn with a seed.
///
/// Every firm is a function of description, seed, size and row alone: rows can be had in any order, again, and from
/// several threads at once, and nothing is kept, so that ten million firms take no more memory than ten.
///
///     let register = SyntheticRegister(description, seed: 1)
///     var bytes = register.csvHeader(.full)
///     register.appendCSV(rows: register.indices, columns: .full, to: &bytes)
///
/// The same bytes on every machine: coordinates, years and sizes come from integers, the four basic operations and square
/// roots; only the sines and cosines of positions and bearings, one a plant and town, come from the mathematical library,
/// and those agree far beyond the six decimals written.
public struct SyntheticRegister: RandomAccessCollection, Sendable {
    /// What is drawn.
    public let description: RegisterDescription
    /// The seed of the draws.
    public let seed: UInt64
    /// The number of firms.
    public let count: Int
    /// The industry codes that occur, those of the background first.
    public let industryCodes: [String]

    let rows: RowInterleaving
    /// `plantStarts[p]` is the place at which plant p begins; the last entry is where the background does.
    let plantStarts: [Int]
    let plantIndustry: [Int]
    let plantScatter: [Scatter]
    let townScatter: [Scatter]
    /// Buildings in each plant and each town.
    let plantBuildings: [Int]
    let townBuildings: [Int]
    let plantsOfTown: [[Int]]
    let townDraw: AliasTable
    let seatDraw: AliasTable
    let industryDraw: AliasTable
    let ownershipDraw: AliasTable
    /// For each background industry the index of its hometown group.
    let groupOfIndustry: [Int?]

    /// - Parameter firms: the number of firms, the description's own where nil. Plants keep their share of them.
    /// - Precondition: 0 < `firms` < 2³¹.
    public init(_ description: RegisterDescription, seed: UInt64, firms: Int? = nil) {
        let count = firms ?? description.firms
        self.description = description
        self.seed = seed
        self.count = count
        rows = RowInterleaving(count: count)

        let scale = Double(count) / Double(description.firms)
        var starts = [0]
        for plant in description.plants {
            let size = Int((Double(plant.firms) * scale).rounded())
            starts.append(Swift.min(count, starts[starts.count - 1] + size))
        }
        plantStarts = starts

        var codes = description.industries.map(\.code)
        var plantIndustry: [Int] = []
        for plant in description.plants {
            if let known = codes.firstIndex(of: plant.industry) {
                plantIndustry.append(known)
            } else {
                plantIndustry.append(codes.count)
                codes.append(plant.industry)
            }
        }
        industryCodes = codes
        self.plantIndustry = plantIndustry

        let towns = description.towns
        townScatter = towns.map { Scatter(around: $0.center, radius: $0.radius) }
        plantScatter = description.plants.map { Scatter(plant: $0, in: towns[$0.town]) }
        plantsOfTown = towns.indices.map { town in
            description.plants.indices.filter { description.plants[$0].town == town }
        }
        let buildingsPerFirm = description.sharedAddresses / description.firmsPerBuilding
        plantBuildings = description.plants.indices.map {
            Swift.max(1, Int((Double(starts[$0 + 1] - starts[$0]) * buildingsPerFirm).rounded()))
        }
        let background = Double(count - starts[starts.count - 1])
        let townWeight = towns.reduce(0) { $0 + $1.weight }
        townBuildings = towns.map {
            Swift.max(1, Int((background * $0.weight / townWeight * buildingsPerFirm).rounded()))
        }
        townDraw = AliasTable(weights: towns.map(\.weight))
        seatDraw = AliasTable(weights: towns.map { $0.isSeat ? $0.weight : 0 })
        industryDraw = AliasTable(weights: description.industries.map(\.weight))
        ownershipDraw = AliasTable(weights: description.ownerships.map(\.weight))
        groupOfIndustry = description.industries.map { industry in
            description.hometownGroups.firstIndex { $0.industry == industry.code }
        }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    /// The number of firms of a plant.
    public func firmCount(ofPlant plant: Int) -> Int { plantStarts[plant + 1] - plantStarts[plant] }

    public subscript(row: Int) -> SyntheticFirm {
        precondition(row >= 0 && row < count)
        var random = RandomStream(seed: seed, stream: UInt64(row))
        let place = rows.place(ofRow: row)
        return place < plantStarts[plantStarts.count - 1]
            ? plantFirm(row: row, place: place, &random) : backgroundFirm(row: row, &random)
    }

    /// The plant whose firms hold this place.
    func plant(at place: Int) -> Int {
        var low = 0
        var high = plantStarts.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if plantStarts[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }
}
