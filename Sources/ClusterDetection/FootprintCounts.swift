import RegionalMeasures

/// What lies within a radius of a cluster's members.
struct FootprintCounts: Sendable {
    /// n_Z.
    var firms = 0
    /// n_kZ.
    var groupFirms = 0
    /// Firms whose employment is known, and their employees.
    var firmsWithEmployment = 0
    var employment = 0.0
    /// Employees of the group's firms.
    var groupEmployment = 0.0
    /// The effective number of industries; nil without firms.
    var industryDiversity: Double?
    /// Industries present with their firms, ascending; empty unless asked for.
    var industries: [(industry: Int32, firms: Int)] = []
}
