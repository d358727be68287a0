import ColocationMining
import ParallelWork
import SpatialIndex

extension ClusterDetector {
    /// The patterns that become groups; nil where none were asked for.
    func patterns(of selected: SelectedIndustries, in register: PreparedRegister) throws -> PatternGroups? {
        guard request.groups != .industry else { return nil }
        return try PatternGroups(request, of: selected, in: register, workers: workers, progress: progress)
    }

    /// The firms of every group in the register itself.
    func firms(of groups: DetectionGroups, in register: PreparedRegister) throws -> FirmsOfGroups {
        FirmsOfGroups(
            labelled: FirmsByIndustry(labels: register.industryOfFirm, industryCount: register.industries.count),
            participants: try groups.patterns?.participants(labels: register.industryOfFirm, workers: workers) ?? [])
    }
}
