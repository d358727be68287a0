import FirmModel

extension SyntheticRegister {
    /// Firms in a plant's buildings share addresses; the others have their own.
    func plantLocation(_ plant: Int, _ random: inout RandomStream) -> Coordinate {
        let isShared = random.nextUnit() < description.sharedAddresses
        let pick = random.nextUnit()
        if isShared { return building(Int(pick * Double(plantBuildings[plant])), ofPlant: plant) }
        return ownPlantLocation(plant, &random)
    }

    /// Background firms of a town share its buildings, and half the time those of the plants in it.
    func townLocation(_ town: Int, _ random: inout RandomStream) -> Coordinate {
        let isShared = random.nextUnit() < description.sharedAddresses
        let pick = random.nextUnit()
        let plantPick = random.nextUnit() * 2
        guard isShared else { return onLand(townScatter[town], widening: 1, &random) }
        let plants = plantsOfTown[town]
        if plantPick < 1, !plants.isEmpty {
            let plant = plants[Int(plantPick * Double(plants.count))]
            return building(Int(pick * Double(plantBuildings[plant])), ofPlant: plant)
        }
        let number = Int(pick * Double(townBuildings[town]))
        var ownRandom = buildingRandom(number, of: description.plants.count + town)
        return onLand(townScatter[town], widening: 1, &ownRandom)
    }

    /// Anywhere in the outline, evenly by area up to the change of a degree's width over its height.
    func landLocation(_ random: inout RandomStream) -> Coordinate {
        let outline = description.outline
        while true {
            let point = Coordinate(
                longitude: outline.west + random.nextUnit() * (outline.east - outline.west),
                latitude: outline.south + random.nextUnit() * (outline.north - outline.south))
            if outline.contains(point) { return point }
        }
    }

    private func ownPlantLocation(_ plant: Int, _ random: inout RandomStream) -> Coordinate {
        let isPeripheral = random.nextUnit() < description.periphery
        return onLand(plantScatter[plant], widening: isPeripheral ? 4 : 1, &random)
    }

    /// A building is a function of its number, so that none has to be remembered.
    private func building(_ number: Int, ofPlant plant: Int) -> Coordinate {
        var random = buildingRandom(number, of: plant)
        return ownPlantLocation(plant, &random)
    }

    private func buildingRandom(_ number: Int, of owner: Int) -> RandomStream {
        // Rows use the streams below 2³¹.
        RandomStream(seed: seed, stream: 1 << 62 | UInt64(owner) << 32 | UInt64(number))
    }

    /// Draws again while the place is in the sea; a center that is nearly all sea gets everyone to itself.
    private func onLand(_ scatter: Scatter, widening: Double, _ random: inout RandomStream) -> Coordinate {
        for _ in 0..<64 {
            let place = scatter.draw(widening: widening, &random)
            if description.outline.contains(place) { return place }
        }
        return scatter.middle
    }
}
