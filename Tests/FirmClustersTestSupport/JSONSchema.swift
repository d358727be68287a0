import Foundation

/// The part of JSON Schema (draft 2020-12) that the project's own schemas use. A keyword it does not know is an error, so
/// that nothing in a schema goes unchecked.
public struct JSONSchema {
    private let root: JSONTree

    public init(_ root: JSONTree) { self.root = root }

    /// What is wrong with `value`, each with the path to it; empty when it is valid.
    public func violations(of value: JSONTree) -> [String] { check(value, against: root, at: "$") }

    private static let annotations: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

    private func check(_ value: JSONTree, against schema: JSONTree, at path: String) -> [String] {
        if case .flag(let isAllowed) = schema { return isAllowed ? [] : ["\(path): not allowed"] }
        return schema.members.flatMap { keyword, rule -> [String] in
            if Self.annotations.contains(keyword) { return [] }
            guard let problems = check(value, keyword, rule, schema: schema, at: path) else {
                return ["\(path): unknown keyword \(keyword)"]
            }
            return problems
        }
    }

    /// Nil for a keyword that is not known.
    private func check(
        _ value: JSONTree, _ keyword: String, _ rule: JSONTree, schema: JSONTree, at path: String
    ) -> [String]? {
        func expect(_ holds: Bool) -> [String] { holds ? [] : ["\(path): violates \(keyword)"] }
        switch keyword {
        case "$ref":
            let name = (rule.text ?? "").replacingOccurrences(of: "#/$defs/", with: "")
            guard let target = root["$defs"]?[name] else { return ["\(path): no definition \(name)"] }
            return check(value, against: target, at: path)
        case "type":
            let names = rule.text.map { [$0] } ?? rule.items.compactMap(\.text)
            return expect(names.contains { Self.has(value, type: $0) })
        case "const": return expect(value == rule)
        case "enum": return expect(rule.items.contains(value))
        case "minimum": return expect(value.number.map { $0 >= rule.number ?? .nan } ?? true)
        case "maximum": return expect(value.number.map { $0 <= rule.number ?? .nan } ?? true)
        case "exclusiveMinimum": return expect(value.number.map { $0 > rule.number ?? .nan } ?? true)
        case "minLength": return expect(value.text.map { Double($0.unicodeScalars.count) >= rule.number ?? 0 } ?? true)
        case "pattern":
            guard let text = value.text else { return [] }
            return expect(text.range(of: rule.text ?? "", options: .regularExpression) != nil)
        case "minItems", "maxItems":
            guard case .array(let items) = value else { return [] }
            let count = Double(items.count)
            return expect(keyword == "minItems" ? count >= rule.number ?? 0 : count <= rule.number ?? 0)
        case "items":
            return value.items.enumerated().flatMap { check($1, against: rule, at: "\(path)[\($0)]") }
        case "required":
            guard case .object(let members) = value else { return [] }
            return rule.items.compactMap(\.text).filter { members[$0] == nil }.map { "\(path): lacks \($0)" }
        case "properties":
            return rule.members.flatMap { name, schema in
                value[name].map { check($0, against: schema, at: "\(path).\(name)") } ?? []
            }
        case "additionalProperties":
            let named = schema["properties"]?.members ?? [:]
            return value.members.filter { named[$0.key] == nil }
                .flatMap { check($0.value, against: rule, at: "\(path).\($0.key)") }
        case "anyOf": return expect(rule.items.contains { check(value, against: $0, at: path).isEmpty })
        case "oneOf": return expect(rule.items.count { check(value, against: $0, at: path).isEmpty } == 1)
        default: return nil
        }
    }

    private static func has(_ value: JSONTree, type: String) -> Bool {
        switch value {
        case .null: type == "null"
        case .flag: type == "boolean"
        case .number(let number): type == "number" || (type == "integer" && number == number.rounded())
        case .text: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
