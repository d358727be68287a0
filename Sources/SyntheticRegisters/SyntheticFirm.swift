public import FirmModel

/// One firm of a ``SyntheticRegister``. Texts are indices into the description's lists, so that a firm costs no memory of
/// its own.
public struct SyntheticFirm: Sendable, Equatable {
    /// Its row, from 0.
    public let row: Int
    /// Longitude and latitude, in degrees.
    public let location: Coordinate
    /// Index into ``SyntheticRegister/industryCodes``.
    public let industry: Int
    /// nil where the register does not say.
    public let employees: Int?
    /// The year of its founding.
    public let founded: Int
    /// nil for a firm that is still open.
    public let closed: Int?
    /// Where its founder comes from.
    public let origin: Origin
    /// Index into the description's ownerships.
    public let ownership: Int
    /// Hundredths of sales that go abroad.
    public let exportPercent: Int
    /// The row of the firm it belongs to.
    public let parent: Int?
    /// Index of its town; nil for firms scattered over the land.
    public let town: Int?
    /// The planted cluster it belongs to, as an index into the description's plants; nil for the background.
    public let plant: Int?
    /// Whether its founder belongs to the hometown group of its plant or, in the background, of its industry.
    public let isOfHometownGroup: Bool
    let name: FirmName

    /// Where the founder of a firm comes from.
    public enum Origin: Sendable, Equatable {
        /// Index of a town of the region.
        case town(Int)
        /// Index into the description's list of places elsewhere.
        case elsewhere(Int)
        /// The hometown of its plant's group, or of its industry's.
        case hometown
    }
}
