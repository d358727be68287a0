public import FirmModel

/// What a synthetic register looks like: a region, its towns, the clusters planted in them, and the firms around those.
///
/// Usually read from a text file that a person can read and edit (``init(parsing:)``; `Docs/SampleData.md` explains every
/// entry), or made for timing at scale (``country(towns:industries:seed:)``). ``SyntheticRegister`` draws the firms.
public struct RegisterDescription: Sendable, Equatable {
    /// The region's name.
    public var name: String
    /// What identifiers start with; without commas and quotes.
    public var idPrefix: String
    /// Firms at full size. A register may be drawn at any other size; plants and background shrink and grow with it.
    public var firms: Int
    /// The first and the last year in which firms are founded; the last is also the last in which they close.
    public var years: ClosedRange<Int>
    /// Share of the firms of towns and plants that sit in a building with others.
    public var sharedAddresses: Double
    /// Firms in such a building, on average.
    public var firmsPerBuilding: Double
    /// Share of a plant's firms that lie in its periphery, at four times the distances of the others.
    public var periphery: Double
    /// Share of the background of industries that live in towns that is scattered over the land all the same.
    public var scattered: Double
    /// Share of firms without a number of employees.
    public var missingEmployees: Double
    /// Share of firms that belong to another firm.
    public var subsidiaries: Double
    /// The land, as a ring of at least three corners.
    public var outline: Outline
    /// Citations by key.
    public var sources: [Source]
    /// Where background firms gather.
    public var towns: [Town]
    /// The clusters that are planted.
    public var plants: [Plant]
    /// What firms outside the plants do.
    public var industries: [Industry]
    /// Kinds of owners.
    public var ownerships: [Ownership]
    /// Places outside the region from which founders come.
    public var elsewhere: [String]
    /// Groups of founders from one place.
    public var hometownGroups: [HometownGroup]

    /// A source that documents a plant.
    public struct Source: Sendable, Equatable {
        /// What plants call it.
        public var key: String
        /// Author, year, title.
        public var citation: String
    }

    /// A town: firms are denser toward its center.
    public struct Town: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// The county it lies in.
        public var county: String
        /// Its center, in degrees.
        public var center: Coordinate
        /// Half of the town's firms lie within this distance of its center.
        public var radius: Meters
        /// Share of the background, relative to the other towns.
        public var weight: Double
        /// Whether offices that sit at the seat of a county are here.
        public var isSeat: Bool
    }

    /// A planted cluster: the truth that detection should find again.
    public struct Plant: Sendable, Equatable {
        /// Its name, which the truth file gives.
        public var name: String
        /// Index of its town.
        public var town: Int
        /// Where it lies, seen from the center of the town.
        public var east: Meters
        /// How far north of the town's center it lies.
        public var north: Meters
        /// Industry code.
        public var industry: String
        /// What its firms make, used in their names; without commas and quotes.
        public var product: String
        /// Firms at the register's full size.
        public var firms: Int
        /// Half of the firms outside the periphery lie within this distance of the center (before stretching).
        public var radius: Meters
        /// Length over width, 1 for a round plant.
        public var stretch: Double
        /// The direction of its length, in degrees clockwise from north.
        public var bearing: Double
        /// The median number of employees of its firms.
        public var medianEmployees: Double
        /// Share of its firms that export.
        public var exporters: Double
        /// The year of its first firms.
        public var start: Int
        /// The stage of its life.
        public var stage: Stage
        /// What kind of district it is.
        public var type: DistrictType
        /// The place from which a part of its founders come, and which part; nil for a plant without such a group.
        public var hometown: Hometown?
        /// Key of the source that documents it.
        public var source: String
    }

    /// A place that founders come from, and how many do.
    public struct Hometown: Sendable, Equatable {
        /// The name of the place.
        public var place: String
        /// The share of founders who come from it.
        public var share: Double
    }

    /// Stages of a cluster's life (Sonobe & Otsuka 2006), with decline.
    public enum Stage: String, Sendable, CaseIterable {
        /// Few firms, all young.
        case initiation
        /// More entries every year, by imitation.
        case quantity
        /// Entries past their peak; small firms leave, survivors grow.
        case quality
        /// Hardly any entries; more than half have closed.
        case decline
    }

    /// Kinds of industrial districts (Markusen 1996) that plants can take.
    public enum DistrictType: String, Sendable, CaseIterable {
        /// Many small firms, none of them dominant.
        case marshallian
        /// One or two large firms among small ones.
        case hubAndSpoke = "hub-and-spoke"
    }

    /// An industry of the background.
    public struct Industry: Sendable, Equatable {
        /// Its code.
        public var code: String
        /// Used in the names of its firms; without commas and quotes.
        public var product: String
        /// Share of the background, relative to the other industries.
        public var weight: Double
        /// Where its firms are.
        public var setting: Setting
        /// The median number of employees of its firms.
        public var medianEmployees: Double
        /// Share of its firms that export.
        public var exporters: Double
    }

    /// Where the background firms of an industry are.
    public enum Setting: String, Sendable, CaseIterable {
        /// In all towns, in proportion to their weight.
        case towns
        /// In towns that are the seat of a county.
        case seats
        /// Anywhere on the land.
        case land
    }

    /// A kind of owner.
    public struct Ownership: Sendable, Equatable {
        /// What it is called.
        public var kind: String
        /// Share of firms, relative to the other kinds.
        public var weight: Double
        /// How many times as many employees its firms have.
        public var sizeFactor: Double
    }

    /// Founders from one place who work in one industry wherever there is a town.
    public struct HometownGroup: Sendable, Equatable {
        /// What the group is called in the truth file.
        public var name: String
        /// The place its founders come from.
        public var place: String
        /// The code of the industry they work in.
        public var industry: String
        /// Share of the industry's background firms that it founded.
        public var share: Double
    }
}
