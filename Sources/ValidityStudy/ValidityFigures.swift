import Charts

/// The drawings of the study, by the names of their files.
struct ValidityFigures {
    let results: StudyResults
    let plan: StudyPlan

    static let rejections = "validity-rejections.svg"
    static let levels = "validity-levels.svg"
    static let power = "validity-power.svg"
    static let agreement = "validity-agreement.svg"

    /// All figures; none of a part of the study without results.
    var all: [(file: String, figure: Figure)] {
        var figures: [(file: String, figure: Figure)] = []
        if !results.null.isEmpty { figures += [(Self.rejections, rejections), (Self.levels, levels)] }
        if !results.planted.isEmpty { figures += [(Self.power, power), (Self.agreement, agreement)] }
        return figures
    }

    private static let (naive, tested) = ("naive p", "test of FirmClusters")

    private var rejections: Figure {
        let sizes = plan.nullGroupSizes.map(Double.init)
        let charts = plan.nullMethods.map { method in
            let rows = results.null.filter { $0.method == method.name }
            func points(_ share: (NullRejections) -> Proportion?) -> [Series.Point] {
                rows.compactMap { row in share(row).map { Self.point($0, at: Double(row.groupSize)) } }
            }
            return Chart(
                method.name,
                x: Axis("firms of the industry", scale: .logarithmic, range: Self.wider(sizes), ticks: sizes),
                y: Axis("share of registers", scale: .logarithmic, range: 0.005...1),
                series: [
                    Series(Self.naive, points: points { $0.naiveShare(at: plan.level) }),
                    Series(Self.tested, points: points { $0.testedShare(at: plan.level) }),
                ], references: [.level(plan.level, label: "")])
        }
        return Figure(
            "Registers without clusters in which one is found at \(plan.level)",
            notes: [
                "\(plan.nullRegisters) registers for each point; bars are 95 % intervals; dashed: the level of the test.",
                "Open marks lie below the axis.",
            ], charts: charts, columns: 3)
    }

    private var levels: Figure {
        let largest = plan.nullGroupSizes.max() ?? 0
        let steps = (0...100).map { Double($0) / 200 }
        let charts = results.null.filter { $0.groupSize == largest }.map { row in
            Chart(
                row.method, x: Axis("level of the test", range: 0...0.5), y: Axis("share of registers", range: 0...1),
                series: [
                    Series(
                        Self.naive, points: steps.map { .init(x: $0, y: row.naiveShare(at: $0).value) }, style: .line),
                    Series(
                        Self.tested,
                        points: steps.compactMap { level in
                            row.testedShare(at: level).map { .init(x: level, y: $0.value) }
                        },
                        style: .line),
                ], references: [.diagonal])
        }
        return Figure(
            "How often a test rejects at any level, with \(largest) firms and no clusters",
            notes: ["A test that can be relied on runs along the dashed line or below it."], charts: charts, columns: 3)
    }

    private var power: Figure {
        func chart(_ heading: String, _ label: String, _ share: (PlantedDetection) -> Proportion?) -> Chart {
            Chart(
                heading, x: strengthAxis, y: Axis(label, range: 0...1),
                series: plantedSeries { row in share(row).map { Self.point($0, at: row.strength) } })
        }
        return Figure(
            "Finding a planted cluster",
            notes: ["\(plan.plantedRegisters) registers for each point; bars are 95 % intervals."],
            charts: [
                chart("The planted cluster is significant", "share of registers", \.power),
                chart("Any cluster is significant", "share of registers", \.rejections),
            ], columns: 2)
    }

    private var agreement: Figure {
        func chart(_ heading: String, _ value: @escaping (PlantedDetection) -> Double?) -> Chart {
            Chart(
                heading, x: strengthAxis, y: Axis("", range: 0...1),
                series: plantedSeries { row in value(row).map { Series.Point(x: row.strength, y: $0) } })
        }
        return Figure(
            "Members of significant clusters beside the planted firms",
            notes: ["Precision and recall of the firms of all registers; adjusted Rand index: mean of the registers."],
            charts: [
                chart("Precision") { $0.precision },
                chart("Recall") { $0.recall },
                chart("Adjusted Rand index") { $0.adjustedRandIndex },
            ], columns: 3)
    }

    private var strengthAxis: Axis {
        Axis(
            "strength, times the rate outside", scale: .logarithmic, range: Self.wider(plan.strengths),
            ticks: plan.strengths)
    }

    private func plantedSeries(_ point: (PlantedDetection) -> Series.Point?) -> [Series] {
        plan.plantedMethods.map { method in
            Series(method.name, points: results.planted.filter { $0.method == method.name }.compactMap(point))
        }
    }

    private static func point(_ share: Proportion, at x: Double) -> Series.Point {
        Series.Point(x: x, y: share.value, limits: share.limits)
    }

    /// A little room on both sides of a logarithmic axis.
    private static func wider(_ numbers: [Double]) -> ClosedRange<Double> {
        (numbers.min() ?? 1) / 1.25...(numbers.max() ?? 1) * 1.25
    }
}
