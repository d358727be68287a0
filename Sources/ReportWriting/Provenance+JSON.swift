import FirmModel

/// The members of the provenance that every report writes alike.
extension Provenance {
    var parametersObject: JSONValue { .object(parameters.map { ($0.name, JSONValue($0.value)) }) }

    var inputsArray: JSONValue { .array(source.files.map { .object(Self.members($0)) }) }

    var auxiliaryInputsArray: JSONValue {
        .array(auxiliaryInputs.map { .object([("role", .text($0.role))] + Self.members($0.file)) })
    }

    private static func members(_ file: RegisterSource.File) -> [(name: String, value: JSONValue)] {
        [("name", .text(file.name)), ("sha256", .text(file.sha256)), ("bytes", .integer(file.byteCount))]
    }

    /// Each role once, in the order of the source, with its headers. Columns that rows were filtered by are in the parameters.
    var columnsObject: JSONValue {
        var headers: [(role: String, headers: [String])] = []
        for (role, header) in source.columns where role != "where" {
            if let position = headers.firstIndex(where: { $0.role == role }) {
                headers[position].headers.append(header)
            } else {
                headers.append((role, [header]))
            }
        }
        return .object(headers.map { ($0.role, .text($0.headers.joined(separator: "|"))) })
    }

    var rowsObject: JSONValue {
        let rejected = RejectionReason.allCases.compactMap { reason in
            source.rejected[reason].map { (name: reason.rawValue, value: JSONValue.integer($0)) }
        }
        return .object([
            ("read", .integer(source.rowsRead)),
            ("accepted", .integer(source.rowsAccepted)),
            ("rejected", .integer(source.rejected.values.reduce(0, +))),
            ("rejected_by_reason", .object(rejected)),
            ("filtered_out", .integer(source.rowsFilteredOut)),
            ("employment_missing", .integer(source.employmentMissing)),
            ("unknown_codes", .value(source.unknownCodes.map(OutputValue.integer) ?? .undefined)),
        ])
    }

    var librariesObject: JSONValue { .object(libraries.map { ($0.name, .text($0.version)) }) }

    /// What the coordinates that are written are.
    var coordinates: JSONValue { .text(frame == .local ? "local" : "WGS 84") }

    /// The system in which distances were measured, where it is not the sphere.
    var projectedSystem: JSONValue {
        if case .projected(let crs) = frame { .text(crs) } else { .value(.undefined) }
    }
}

extension JSONValue {
    init(_ parameter: ParameterValue) {
        switch parameter {
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .value(.exact(number))
        case .flag(let flag): self = .value(.flag(flag))
        case .list(let texts): self = .texts(texts)
        case .none: self = .value(.undefined)
        }
    }
}
