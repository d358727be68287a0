import FirmModel

extension RegisterDescription {
    /// Reads a description from its text, which must be complete and hold nothing unknown.
    ///
    /// - Throws: ``DescriptionError`` with the line and the name of the entry at fault.
    public init(parsing text: String) throws(DescriptionError) {
        let sections = try SectionedText(text)
        let known = [
            "region", "outline", "sources", "towns", "plants", "industries", "ownership", "elsewhere",
            "hometown groups",
        ]
        for section in sections.sections where !known.contains(section.name) {
            throw DescriptionError(
                line: section.line,
                message: "no section is called [\(section.name)]; there are \(known.joined(separator: ", "))")
        }
        let region = try sections.section("region").settings([
            "name", "id_prefix", "firms", "first_year", "last_year", "shared_addresses", "firms_per_building",
            "periphery", "scattered", "missing_employees", "subsidiaries",
        ])
        name = try region.text("name")
        idPrefix = try region.plainText("id_prefix")
        firms = try region.whole("firms", in: 1...2_000_000_000)
        let firstYear = try region.whole("first_year", in: 1000...3000)
        years = firstYear...(try region.whole("last_year", in: firstYear...3000))
        sharedAddresses = try region.share("shared_addresses")
        firmsPerBuilding = try region.number("firms_per_building", in: 1...10_000)
        periphery = try region.share("periphery")
        scattered = try region.share("scattered")
        missingEmployees = try region.share("missing_employees")
        subsidiaries = try region.share("subsidiaries")
        outline = try Self.outline(sections.section("outline"))
        sources = try sections.section("sources").pairs().map { Source(key: $0.key, citation: $0.value.text) }
        towns = try Self.towns(sections.section("towns"), within: outline)
        industries = try Self.industries(sections.section("industries"))
        ownerships = try Self.ownerships(sections.section("ownership"))
        elsewhere = try sections.section("elsewhere").rows(["place"]).map { row throws(DescriptionError) in
            try row.text("place")
        }
        hometownGroups = try Self.hometownGroups(sections.section("hometown groups"), among: industries)
        plants = try Self.plants(sections.section("plants"), towns: towns, sources: sources, years: years)
        if plants.reduce(0, { $0 + $1.firms }) > firms {
            throw DescriptionError(
                line: region.cells["firms"]?.line, message: "firms: the plants alone hold more than \(firms)")
        }
    }

    private static func outline(_ section: SectionedText.Section) throws(DescriptionError) -> Outline {
        var corners: [Coordinate] = []
        for row in try section.rows(["longitude", "latitude"]) { corners.append(try row.coordinate()) }
        guard corners.count >= 3 else {
            throw DescriptionError(line: section.line, message: "[outline] needs at least three corners")
        }
        return Outline(corners: corners)
    }

    private static func towns(
        _ section: SectionedText.Section, within outline: Outline
    ) throws(DescriptionError) -> [Town] {
        let rows = try section.rows(["name", "county", "longitude", "latitude", "radius_m", "weight", "seat"])
        var towns: [Town] = []
        for row in rows {
            let town = Town(
                name: try row.text("name"), county: try row.text("county"), center: try row.coordinate(),
                radius: Meters(try row.number("radius_m", in: 1...1e6)),
                weight: try row.number("weight", in: 0...1e9), isSeat: try row.choice("seat", YesNo.self) == .yes)
            if towns.contains(where: { $0.name == town.name }) { throw row.error("name", "\(town.name) appears twice") }
            if !outline.contains(town.center) { throw row.error("longitude", "\(town.name) is outside the outline") }
            towns.append(town)
        }
        guard towns.contains(where: { $0.weight > 0 }), towns.contains(where: { $0.weight > 0 && $0.isSeat }) else {
            throw DescriptionError(line: section.line, message: "[towns] needs a town and a seat with a weight above 0")
        }
        return towns
    }

    private static func industries(_ section: SectionedText.Section) throws(DescriptionError) -> [Industry] {
        let rows = try section.rows(["code", "product", "weight", "setting", "median_employees", "exporters"])
        var industries: [Industry] = []
        for row in rows {
            let industry = Industry(
                code: try row.text("code"), product: try row.plainText("product"),
                weight: try row.number("weight", in: 0...1e9), setting: try row.choice("setting", Setting.self),
                medianEmployees: try row.number("median_employees", in: 1...1e6),
                exporters: try row.share("exporters"))
            if industries.contains(where: { $0.code == industry.code }) {
                throw row.error("code", "\(industry.code) appears twice")
            }
            industries.append(industry)
        }
        guard industries.contains(where: { $0.weight > 0 }) else {
            throw DescriptionError(line: section.line, message: "[industries] needs one with a weight above 0")
        }
        return industries
    }

    private static func ownerships(_ section: SectionedText.Section) throws(DescriptionError) -> [Ownership] {
        var ownerships: [Ownership] = []
        for row in try section.rows(["kind", "weight", "size_factor"]) {
            ownerships.append(
                Ownership(
                    kind: try row.text("kind"), weight: try row.number("weight", in: 0...1e9),
                    sizeFactor: try row.number("size_factor", in: 0.01...1000)))
        }
        guard ownerships.contains(where: { $0.weight > 0 }) else {
            throw DescriptionError(line: section.line, message: "[ownership] needs a kind with a weight above 0")
        }
        return ownerships
    }

    private static func hometownGroups(
        _ section: SectionedText.Section, among industries: [Industry]
    ) throws(DescriptionError) -> [HometownGroup] {
        var groups: [HometownGroup] = []
        for row in try section.rows(["name", "place", "industry", "share"]) {
            let group = HometownGroup(
                name: try row.text("name"), place: try row.text("place"), industry: try row.text("industry"),
                share: try row.share("share"))
            guard industries.contains(where: { $0.code == group.industry }) else {
                throw row.error("industry", "[industries] has no \(group.industry)")
            }
            if groups.contains(where: { $0.industry == group.industry }) {
                throw row.error("industry", "\(group.industry) has a group already")
            }
            groups.append(group)
        }
        return groups
    }

    private static func plants(
        _ section: SectionedText.Section, towns: [Town], sources: [Source], years: ClosedRange<Int>
    ) throws(DescriptionError) -> [Plant] {
        let rows = try section.rows([
            "name", "town", "east_m", "north_m", "industry", "product", "firms", "radius_m", "stretch", "bearing",
            "median_employees", "exporters", "start", "stage", "type", "hometown", "hometown_share", "source",
        ])
        var plants: [Plant] = []
        for row in rows {
            let townName = try row.text("town")
            guard let town = towns.firstIndex(where: { $0.name == townName }) else {
                throw row.error("town", "[towns] has no \(townName)")
            }
            let source = try row.text("source")
            guard sources.contains(where: { $0.key == source }) else {
                throw row.error("source", "[sources] has no \(source)")
            }
            let place = try row.text("hometown")
            let share = try row.share("hometown_share")
            let plant = Plant(
                name: try row.text("name"), town: town, east: Meters(try row.number("east_m", in: -1e5...1e5)),
                north: Meters(try row.number("north_m", in: -1e5...1e5)), industry: try row.text("industry"),
                product: try row.plainText("product"), firms: try row.whole("firms", in: 0...1_000_000_000),
                radius: Meters(try row.number("radius_m", in: 1...1e5)),
                stretch: try row.number("stretch", in: 1...100), bearing: try row.number("bearing", in: 0...360),
                medianEmployees: try row.number("median_employees", in: 1...1e6),
                exporters: try row.share("exporters"), start: try row.whole("start", in: years),
                stage: try row.choice("stage", Stage.self), type: try row.choice("type", DistrictType.self),
                hometown: place == "-" ? nil : Hometown(place: place, share: share), source: source)
            if plants.contains(where: { $0.name == plant.name }) {
                throw row.error("name", "\(plant.name) appears twice")
            }
            plants.append(plant)
        }
        return plants
    }
}

private enum YesNo: String, CaseIterable {
    case yes
    case no
}

extension SectionedText.Record {
    fileprivate func coordinate() throws(DescriptionError) -> Coordinate {
        Coordinate(
            longitude: try number("longitude", in: -180...180), latitude: try number("latitude", in: -90...90))
    }
}
