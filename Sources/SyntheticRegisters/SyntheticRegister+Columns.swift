public import FirmModel

extension SyntheticRegister {
    /// The register as it would be read from its CSV, for use without a file.
    ///
    /// - Throws: ``RegisterError`` where the description leads to coordinates out of range.
    /// - Complexity: O(firms), in time and memory.
    public func firmRegister() throws(RegisterError) -> FirmRegister {
        let firms = Array(self)
        // Dividing a whole number of millionths gives the very number that its decimal text is read as.
        func written(_ degrees: Double) -> Double { (degrees * 1e6).rounded() / 1e6 }
        var identifiers = TextColumn()
        for row in indices { identifiers.append(identifier(ofRow: row)) }
        return try FirmRegister(
            frame: .geographic, x: firms.map { written($0.location.longitude) },
            y: firms.map { written($0.location.latitude) },
            industry: CategoryColumn(firms.lazy.map { industryCodes[$0.industry] }),
            employment: firms.map { $0.employees.map(Double.init) ?? .nan },
            identifier: identifiers,
            place: CategoryColumn(firms.lazy.map { description.towns[place(of: $0)].name }))
    }

    /// For each firm the index of its plant, or −1: what ``PlantRecovery`` compares detected clusters with.
    public var plantLabels: [Int] { map { $0.plant ?? -1 } }
}
