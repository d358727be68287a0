/// How a result came about: enough to repeat it. No clock time is part of it.
public struct Provenance: Sendable {
    /// The version of this library.
    public var version: String
    /// What was asked, with defaults filled in, in a fixed order.
    public var parameters: [(name: String, value: ParameterValue)]
    /// The seed of what was drawn at random.
    public var seed: UInt64
    /// Where the register came from and what became of its rows.
    public var source: RegisterSource
    /// Files that were read beside the register, with what for, for example `reference`.
    public var auxiliaryInputs: [(role: String, file: RegisterSource.File)]
    /// What the coordinates of the register were.
    public var frame: CoordinateFrame
    /// Names and versions of the libraries the numbers depend on, for example ("geos", "3.11.1").
    public var libraries: [(name: String, version: String)]

    /// Makes one of these values.
    public init(
        version: String, parameters: [(name: String, value: ParameterValue)], seed: UInt64, source: RegisterSource,
        auxiliaryInputs: [(role: String, file: RegisterSource.File)] = [], frame: CoordinateFrame,
        libraries: [(name: String, version: String)]
    ) {
        self.version = version
        self.parameters = parameters
        self.seed = seed
        self.source = source
        self.auxiliaryInputs = auxiliaryInputs
        self.frame = frame
        self.libraries = libraries
    }
}

/// The value of a parameter as it is written to output.
public enum ParameterValue: Sendable, Equatable {
    /// A word or a name.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number, written so that it reads back the same.
    case number(Double)
    /// Yes or no.
    case flag(Bool)
    /// Several texts.
    case list([String])
    /// Not given.
    case none
}
