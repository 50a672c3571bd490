"""A page as it comes over the line, before any script: its texts, its forms, and where they stand."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
SILENT = frozenset({"script", "style", "template"})
SPOKEN = ("aria-label", "placeholder", "title", "alt")
Attributes = dict[str, str]


class Bare(HTMLParser):
    """What a page says: its language, its texts, and its forms with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.texts: list[str] = []
        self.forms: list[Attributes] = []
        self.headings: list[str] = []
        self.in_main: list[str] = []
        self.buttons_astray: list[str] = []
        self._open: list[tuple[str, Attributes]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a button, and what attributes say."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = attributes.get("lang", "")
        if tag == "form":
            self.forms.append(attributes)
        if tag == "button" and not self._inside("form") and not self._hidden(attributes):
            self.buttons_astray.append(self.get_starttag_text() or tag)
        if not self._foreign():
            self.texts += [attributes[name] for name in SPOKEN if attributes.get(name)]
        if tag not in VOID:
            self._open.append((tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that has no inside."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Leave an element; what was left open inside it (a paragraph, a list item) ends with it."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Note a text."""
        words = " ".join(data.split())
        if not words or any(tag in SILENT for tag, _ in self._open):
            return
        if self._inside("main"):
            self.in_main.append(words)
        if self._inside("h1"):
            self.headings.append(words)
        if not self._foreign():
            self.texts.append(words)

    def _inside(self, wanted: str) -> bool:
        return any(tag == wanted for tag, _ in self._open)

    def _hidden(self, attributes: Attributes) -> bool:
        """Whether only a script would show it."""
        return any("hidden" in each for each in (attributes, *(outer for _, outer in self._open)))

    def _foreign(self) -> bool:
        """Whether we are in something that is said in a language of its own."""
        return any("lang" in attributes for _, attributes in self._open[1:])

    def unsendable_forms(self) -> Iterator[Attributes]:
        """Yield the forms that a browser without scripts would not know where or how to send."""
        for form in self.forms:
            if not form.get("action", "").startswith("/") or form.get("method") not in ("get", "post"):
                yield form
