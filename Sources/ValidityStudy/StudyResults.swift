import FirmClusters

/// What the three parts of the study found.
struct StudyResults: Sendable {
    var null: [NullRejections]
    var families: [FamilyRejections]
    var planted: [PlantedDetection]

    init(null: [NullRejections], families: [FamilyRejections], planted: [PlantedDetection]) {
        self.null = null
        self.families = families
        self.planted = planted
    }

    /// Runs all of a plan.
    ///
    /// - Parameter announce: hears what was done, a line at a time.
    init(_ plan: StudyPlan, workers: Workers, announce: (String) -> Void) throws {
        self.init(null: [], families: [], planted: [])
        for method in plan.nullMethods {
            for size in plan.nullGroupSizes {
                null.append(try NullRejections(method, groupSize: size, plan, workers: workers))
                announce("no clusters, \(size) firms: \(method.name)")
            }
        }
        for method in plan.familyMethods {
            families.append(try FamilyRejections(method, plan, workers: workers))
            announce("no clusters, \(plan.familyGroups) industries: \(method.name)")
        }
        for method in plan.plantedMethods {
            for strength in plan.strengths {
                planted.append(try PlantedDetection(method, strength: strength, plan, workers: workers))
                announce("a planted cluster, \(strength) times: \(method.name)")
            }
        }
    }
}
