/// A table in Markdown.
struct MarkdownTable {
    let text: String

    /// - Parameter alignment: a letter for each column, l for left, r for right.
    init(_ header: [String], alignment: String, rows: [[String]]) {
        let rules = alignment.map { $0 == "r" ? "---:" : "---" }
        text = ([header, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
