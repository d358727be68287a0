"""A drawing as SVG text. Readable on light and dark pages: it brings its own ground, and follows the reader's
preference."""
from html import escape

STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink); }
.title { font-size: 16px; font-weight: 600; }
.heading { font-weight: 600; }
.small { font-size: 11.5px; fill: var(--pale-ink); }
.ground { fill: var(--ground); }
.frame { fill: none; stroke: var(--rule); }
.grid { stroke: var(--grid); fill: none; }
.line { fill: none; stroke-linejoin: round; }
"""


class Drawing:
    def __init__(self, width, height, light, dark):
        """`light` and `dark` are colors by name."""
        self.size = width, height
        self.themes = light, dark
        self.elements = []

    def add(self, element, text=None, **attributes):
        """An element; underscores in names of attributes become hyphens, and `kind` is its class."""
        if "kind" in attributes:
            attributes["class"] = attributes.pop("kind")
        written = "".join(f' {name.replace("_", "-")}="{escape(_text(value))}"' for name, value in attributes.items())
        self.elements.append(f"<{element}{written}>{escape(text)}</{element}>" if text else f"<{element}{written}/>")

    def text(self, x, y, text, anchor="start", **attributes):
        self.add("text", text, x=x, y=y, text_anchor=anchor, **attributes)

    def __str__(self):
        width, height = self.size
        light, dark = (" ".join(f"--{name}: {color};" for name, color in theme.items()) for theme in self.themes)
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
                f'height="{height}" role="img">\n<style>\nsvg {{ {light} }}\n'
                f'@media (prefers-color-scheme: dark) {{ svg {{ {dark} }} }}{STYLE}</style>\n'
                f'<rect class="ground" width="{width}" height="{height}" rx="6"/>\n'
                + "\n".join(self.elements) + "\n</svg>\n")


def _text(value):
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
