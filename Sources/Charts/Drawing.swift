/// SVG text that grows by elements.
struct Drawing {
    private var elements: [String] = []
    private let width: Double
    private let height: Double

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// Where a text starts, stands or ends.
    enum Anchor: String {
        case start, middle, end
    }

    /// Adds an element; attributes and content may be any text.
    mutating func add(_ element: String, _ attributes: [(name: String, value: String)], content: String? = nil) {
        let written = attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
        let end = content.map { ">\(Self.escaped($0))</\(element)>" } ?? "/>"
        elements.append("<\(element)\(written)\(end)")
    }

    mutating func text(
        _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String? = nil, isUpright: Bool = false
    ) {
        var attributes = [("x", NumberText.short(x)), ("y", NumberText.short(y)), ("text-anchor", anchor.rawValue)]
        if let style { attributes.append(("class", style)) }
        if isUpright {
            attributes.append(("transform", "rotate(-90 \(NumberText.short(x)) \(NumberText.short(y)))"))
        }
        add("text", attributes, content: text)
    }

    /// A line through points.
    mutating func line(
        through points: [(x: Double, y: Double)], style: String, color: String? = nil, lineWidth: String? = nil
    ) {
        let steps = points.enumerated().map { index, point in
            (index == 0 ? "M" : "L") + NumberText.short(point.x) + " " + NumberText.short(point.y)
        }
        var attributes = [("d", steps.joined()), ("class", style)]
        if let color { attributes.append(("stroke", color)) }
        if let lineWidth { attributes.append(("stroke-width", lineWidth)) }
        add("path", attributes)
    }

    /// The whole document.
    ///
    /// - Parameter title: what screen readers say.
    func document(title: String) -> String {
        let (width, height) = (NumberText.short(width), NumberText.short(height))
        let light = SeriesLook.colors.enumerated().map { " --c\($0): \($1.light);" }.joined()
        let dark = SeriesLook.colors.enumerated().map { " --c\($0): \($1.dark);" }.joined()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img">
            <title>\(Self.escaped(title))</title>
            <style>
            svg { --ground: #ffffff; --ink: #1f2328; --pale-ink: #59636e; --rule: #9aa3ad; --grid: #e3e7eb;\(light) }
            @media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --ink: #e6edf3; --pale-ink: #9da7b3; \
            --rule: #5b6570; --grid: #232a33;\(dark) } }
            text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink); }
            .title { font-size: 16px; font-weight: 600; }
            .heading { font-weight: 600; }
            .small { font-size: 11.5px; fill: var(--pale-ink); }
            .ground { fill: var(--ground); }
            .frame { fill: none; stroke: var(--rule); }
            .grid { stroke: var(--grid); fill: none; }
            .reference { stroke: var(--pale-ink); stroke-dasharray: 5 4; fill: none; }
            .line { fill: none; stroke-linejoin: round; }
            </style>
            <rect class="ground" width="\(width)" height="\(height)" rx="6"/>
            \(elements.joined(separator: "\n"))
            </svg>

            """
    }

    /// Text without the characters that mean something to XML; control characters, which it forbids, are left out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
