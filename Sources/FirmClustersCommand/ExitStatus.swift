import ArgumentParser
import FirmClusters

/// How the process ends: a code of `sysexits.h`, or 130 for Ctrl-C.
struct ExitStatus {
    let code: Int32
    /// What to say on standard error; empty for nothing, nil when the argument parser says it.
    let message: String?

    static let usage: Int32 = 64
    static let badData: Int32 = 65
    static let noInput: Int32 = 66
    static let internalError: Int32 = 70
    static let cannotCreate: Int32 = 73
    static let inputOutput: Int32 = 74
    static let interrupted: Int32 = 130

    init(_ error: any Error) {
        switch (error as? UnusableRegister)?.reason ?? error {
        case let error as InputError:
            code =
                switch error.category {
                case .usage: Self.usage
                case .badData: Self.badData
                case .noInput: Self.noInput
                case .inputOutput: Self.inputOutput
                }
            message = error.description
        case let error as OutputError:
            switch error {
            case .closedPipe: (code, message) = (0, "")
            case .exists, .cannotCreate: (code, message) = (Self.cannotCreate, error.description)
            case .failed: (code, message) = (Self.inputOutput, error.description)
            }
        case let error as DetectionRequestError: (code, message) = (Self.usage, error.description)
        case let error as PatternRequestError: (code, message) = (Self.usage, error.description)
        case let error as RegionFileError:
            if case .unreadable = error.problem { code = Self.noInput } else { code = Self.badData }
            message = error.description
        case let error as ColocationQuotientError: (code, message) = (Self.badData, error.description)
        case let error as ColocationError: (code, message) = (Self.badData, error.description)
        case let error as DensityClusteringError: (code, message) = (Self.usage, error.description)
        case let error as PatternTestError: (code, message) = (Self.badData, error.description)
        case .outOfReach as ProjectionError: (code, message) = (Self.badData, "\(error)")
        case let error as ProjectionError: (code, message) = (Self.usage, error.description)
        case let error as UsageError: (code, message) = (Self.usage, error.description)
        case is WorkCancelled: (code, message) = (Self.interrupted, "interrupted")
        case let error as RegisterError: (code, message) = (Self.badData, error.description)
        case let error as GeometryError:
            (code, message) = (Self.internalError, "\(error). This is a fault of the program: please report it")
        default:
            // What the argument parser throws has a code of its own; it does not know other errors.
            let parsed = FirmClustersCommand.exitCode(for: error).rawValue
            let isParsers = parsed == 0 || parsed == Self.usage
            code = isParsers ? parsed : Self.internalError
            message = isParsers ? nil : "\(error). This is a fault of the program: please report it"
        }
    }
}

/// Options that do not go together, or a value that cannot be.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
