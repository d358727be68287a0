import ColocationMining
import FirmModel
import ParallelWork
import SpatialIndex

/// A register as a mining sees it: who is of which industry and what each firm weighs.
struct MinedRegister {
    let prepared: PreparedRegister
    /// Firms of industries that were not asked for take no part.
    let labels: IndustryLabels
    /// Industries that were asked for, none of whose firms has employees although these were to be counted.
    let uncounted: [Int32]
    /// The industries that were asked for, ascending.
    let industries: [Int32]

    /// - Parameter firmOfRow: which rows are one firm; nil where each is one.
    init(_ prepared: PreparedRegister, _ request: PatternRequest, firmOfRow: [Int32]? = nil) {
        self.prepared = prepared
        let codes = prepared.industries
        let isAskedFor = codes.map { request.industries?.contains($0) ?? true }
        industries = codes.indices.filter { isAskedFor[$0] }.map { Int32($0) }
        let industryOfFirm = prepared.industryOfFirm.map { isAskedFor[Int($0)] ? $0 : -1 }
        let firmOfEntry = firmOfRow.map { firmOfRow in prepared.sites.firmRows.map { firmOfRow[Int($0)] } }
        guard request.weighting == .employment else {
            labels = IndustryLabels(
                industryOfFirm: industryOfFirm, industryCount: codes.count, firmOfEntry: firmOfEntry)
            uncounted = []
            return
        }
        let unit = EmployeeUnit(prepared.employmentOfFirm)
        var weights = industryOfFirm.indices.map { prepared.employees($0).map(unit.units) ?? 0 }
        var hasWeight = [Bool](repeating: false, count: codes.count)
        for (industry, weight) in zip(prepared.industryOfFirm, weights) where weight > 0 {
            hasWeight[Int(industry)] = true
        }
        for (firm, industry) in prepared.industryOfFirm.enumerated() where !hasWeight[Int(industry)] {
            weights[firm] = 1
        }
        labels = IndustryLabels(
            industryOfFirm: industryOfFirm, industryCount: codes.count, weights: weights, firmOfEntry: firmOfEntry)
        uncounted = industries.filter { !hasWeight[Int($0)] }
    }

    /// The same firms, each of which counts 1.
    var unweighted: IndustryLabels {
        labels.weights == nil
            ? labels
            : IndustryLabels(
                industryOfFirm: labels.industryOfFirm, industryCount: labels.industryCount,
                firmOfEntry: labels.firmOfEntry)
    }
}
