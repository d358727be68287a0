import FirmModel

extension SyntheticRegister {
    func plantFirm(row: Int, place: Int, _ random: inout RandomStream) -> SyntheticFirm {
        let index = plant(at: place)
        let plant = description.plants[index]
        let ordinal = place - plantStarts[index]
        let location = plantLocation(index, &random)
        let ownership = ownershipDraw.draw(&random)
        let size = plantSize(
            plant, ordinal: ordinal, firms: firmCount(ofPlant: index),
            factor: description.ownerships[ownership].sizeFactor, &random)
        let founded = foundingYear(plant.stage, from: plant.start, &random)
        let closed = closingYear(plant.stage, founded: founded, isSmall: Double(size) < plant.medianEmployees, &random)
        let isOfGroup = random.nextUnit() < (plant.hometown?.share ?? 0)
        return SyntheticFirm(
            row: row, location: location, industry: plantIndustry[index], employees: stated(size, &random),
            founded: founded, closed: ordinal < Self.leadingFirms ? nil : closed,
            origin: isOfGroup ? .hometown : origin(town: plant.town, &random), ownership: ownership,
            exportPercent: exportPercent(exporters: plant.exporters, &random),
            parent: parent(of: row, inPlant: index, &random), town: plant.town, plant: index,
            isOfHometownGroup: isOfGroup, name: FirmName(&random))
    }

    func backgroundFirm(row: Int, _ random: inout RandomStream) -> SyntheticFirm {
        let index = industryDraw.draw(&random)
        let industry = description.industries[index]
        let town = town(for: industry.setting, &random)
        let location =
            town.map { townLocation($0, &random) } ?? landLocation(&random)
        let ownership = ownershipDraw.draw(&random)
        let size = Self.heavyTailed(
            median: industry.medianEmployees * description.ownerships[ownership].sizeFactor, &random)
        let founded = foundingYear(.quantity, from: description.years.lowerBound, &random)
        let closed = closingYear(.quantity, founded: founded, isSmall: true, &random)
        let isOfGroup = random.nextUnit() < (groupOfIndustry[index].map { description.hometownGroups[$0].share } ?? 0)
        return SyntheticFirm(
            row: row, location: location, industry: index, employees: stated(Swift.min(size, 5000), &random),
            founded: founded, closed: closed, origin: isOfGroup ? .hometown : origin(town: town, &random),
            ownership: ownership, exportPercent: exportPercent(exporters: industry.exporters, &random),
            parent: parent(of: row, inPlant: nil, &random), town: town, plant: nil, isOfHometownGroup: isOfGroup,
            name: FirmName(&random))
    }

    private func town(for setting: RegisterDescription.Setting, _ random: inout RandomStream) -> Int? {
        switch setting {
        case .towns: random.nextUnit() < description.scattered ? nil : townDraw.draw(&random)
        case .seats: seatDraw.draw(&random)
        case .land: nil
        }
    }

    // MARK: Employees

    /// What the first firms of a hub-and-spoke district employ, as shares of what all others together do.
    static let hubShares = [0.6, 0.3]

    private func plantSize(
        _ plant: RegisterDescription.Plant, ordinal: Int, firms: Int, factor: Double, _ random: inout RandomStream
    ) -> Int {
        let size = Self.heavyTailed(median: plant.medianEmployees * factor, &random)
        switch plant.type {
        case .marshallian:
            return Swift.min(size, Int(40 * plant.medianEmployees))
        case .hubAndSpoke:
            guard ordinal < Self.hubShares.count else { return Swift.min(size, Int(40 * plant.medianEmployees)) }
            return 1 + Int(Self.hubShares[ordinal] * Self.meanOverMedian * plant.medianEmployees * Double(firms))
        }
    }

    /// Lomax (Pareto II) with exponent 4/3, for which the power is two square roots: half of the draws are below the
    /// median, one in a hundred is 45 times as large.
    private static func heavyTailed(median: Double, _ random: inout RandomStream) -> Int {
        let root = (1 - random.nextUnit()).squareRoot()
        let scale = median / 0.681_792_830_507_429  // 2^¾ − 1
        return 1 + Int(Swift.min(scale * (1 / (root * root.squareRoot()) - 1), 1e6))
    }

    /// The Lomax mean is scale / (4/3 − 1); about half of it is left below forty medians.
    private static let meanOverMedian = 2.7

    private func stated(_ size: Int, _ random: inout RandomStream) -> Int? {
        random.nextUnit() < description.missingEmployees ? nil : size
    }

    // MARK: Years

    private func foundingYear(
        _ stage: RegisterDescription.Stage, from start: Int, _ random: inout RandomStream
    ) -> Int {
        let span = Double(description.years.upperBound - start + 1)
        let part: Double =
            switch stage {
            // Entries rise every year; ...
            case .initiation, .quantity: random.nextUnit().squareRoot()
            // ... rise and fall; ...
            case .quality: (random.nextUnit() + random.nextUnit()) / 2
            // ... rise and fall early.
            case .decline: (random.nextUnit() + random.nextUnit()) * 0.3
            }
        return start + Int(part * span)
    }

    private func closingYear(
        _ stage: RegisterDescription.Stage, founded: Int, isSmall: Bool, _ random: inout RandomStream
    ) -> Int? {
        let probability: Double =
            switch stage {
            case .initiation: 0.03
            case .quantity: 0.15
            case .quality: isSmall ? 0.45 : 0.1
            case .decline: isSmall ? 0.75 : 0.5
            }
        let chance = random.nextUnit()
        let when = random.nextUnit()
        let yearsLeft = description.years.upperBound - founded
        guard chance < probability, yearsLeft > 0 else { return nil }
        return founded + 1 + Int(when * Double(yearsLeft))
    }

    // MARK: Ties

    /// The first firms of a plant own others, belong to nobody and stay open.
    private static let leadingFirms = 8

    /// Most founders come from the town, some from another one of the region, a few from elsewhere.
    private func origin(town: Int?, _ random: inout RandomStream) -> SyntheticFirm.Origin {
        let chance = random.nextUnit()
        if let town, chance < 0.7 { return .town(town) }
        if chance < 0.9 || description.elsewhere.isEmpty { return .town(townDraw.draw(&random)) }
        return .elsewhere(Int(random.nextUnit() * Double(description.elsewhere.count)))
    }

    private func exportPercent(exporters: Double, _ random: inout RandomStream) -> Int {
        let chance = random.nextUnit()
        let part = (random.nextUnit() + random.nextUnit()) / 2
        return chance < exporters ? 1 + Int(part * 99) : 0
    }

    /// One of the first firms of the same plant, or of any plant for a firm of the background.
    private func parent(of row: Int, inPlant own: Int?, _ random: inout RandomStream) -> Int? {
        let chance = random.nextUnit()
        let pick = random.nextUnit()
        let ordinalPick = random.nextUnit()
        guard chance < description.subsidiaries, !description.plants.isEmpty else { return nil }
        let plant = own ?? Int(pick * Double(description.plants.count))
        let candidates = Swift.min(Self.leadingFirms, firmCount(ofPlant: plant))
        guard candidates > 0 else { return nil }
        let parent = rows.row(ofPlace: plantStarts[plant] + Int(ordinalPick * Double(candidates)))
        // No chain of parents can close to a ring.
        let isLeading = own.map { rows.place(ofRow: row) - plantStarts[$0] < candidates } ?? false
        return isLeading ? nil : parent
    }
}
