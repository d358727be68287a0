package import FirmModel

extension PreparedRegister {
    /// What looks like degrees taken for meters, a sentence each.
    ///
    /// - Parameters:
    ///   - distance: within which firms are neighbors.
    ///   - name: what the user calls it.
    package func doubts(about distance: Meters?, called name: String) -> [String] {
        guard sites.count > 1 else { return [] }
        var sentences: [String] = []
        let extent = sites.extent
        if let distance, distance.value > extent.value / 2 {
            sentences.append(
                "\(name) of \(Self.spelled(distance)) m is over half the extent of the firms (\(Self.spelled(extent)) m): "
                    + "nearly everything neighbors everything; are the coordinates in degrees?")
        }
        if !register.frame.isGeographic, register.x.allSatisfy({ abs($0) <= 180 }),
            register.y.allSatisfy({ abs($0) <= 180 })
        {
            sentences.append(
                "all coordinates lie within ±180 although they were declared to be meters: are they degrees? "
                    + "Then leave out --crs")
        }
        return sentences
    }

    /// To a thousandth, and whole numbers without a fraction.
    private static func spelled(_ length: Meters) -> String {
        let rounded = (length.value * 1000).rounded() / 1000
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
