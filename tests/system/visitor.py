"""A person with a browser and no JavaScript: follows links and fills forms in by what is written on them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import TracebackType
from typing import Self

import httpx2

Attributes = list[tuple[str, str | None]]


@dataclass
class Control:
    """A field or button of a form."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        return self.attributes.get("type", "text") if self.tag == "input" else self.tag

    @property
    def sent_untouched(self) -> bool:
        """Whether a browser sends it as it came."""
        if self.kind in ("radio", "checkbox"):
            return "checked" in self.attributes
        return bool(self.name) and self.tag != "button"


@dataclass
class Form:
    """A form of a page."""

    action: str
    controls: list[Control] = field(default_factory=list)

    def button(self, words: str) -> Control | None:
        """Return the button with these words on it."""
        return next((each for each in self.controls if each.tag == "button" and words in each.text), None)


class Page(HTMLParser):
    """What a visitor sees: text, links by their words, forms, and which label belongs to which field."""

    def __init__(self, answer: httpx2.Response) -> None:
        super().__init__()
        self.status = answer.status_code
        self.path = answer.url.path
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.labels: dict[str, str] = {}
        self._words: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self.feed(answer.text)
        self.text = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(known["action"]))
        elif tag == "input" and self.forms:
            self.forms[-1].controls.append(Control(tag, known))
        if tag in ("a", "label", "button", "textarea", "select"):
            self._open.append((tag, known, len(self._words)))
        if tag == "option" and self._open and ("selected" in known or "value" not in self._open[-1][1]):
            self._open[-1][1]["value"] = known.get("value", "")

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            return
        _, known, since = self._open.pop()
        words = " ".join(" ".join(self._words[since:]).split())
        if tag == "a":
            self.links.setdefault(words, known.get("href", ""))
        elif tag == "label":
            self.labels[words] = known.get("for", "")
        elif self.forms:
            self.forms[-1].controls.append(Control(tag, known, words))


class Visitor:
    """A browser at the pages."""

    def __init__(self, url: str) -> None:
        self.client = httpx2.Client(
            base_url=url,
            headers={"Accept-Language": "fi", "Origin": url},
            follow_redirects=True,
            trust_env=False,
            timeout=30,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def open(self, path: str) -> Page:
        """Open an address."""
        return Page(self.client.get(path))

    def follow(self, page: Page, words: str) -> Page:
        """Follow the link with these words."""
        return self.open(next(href for text, href in page.links.items() if words in text))

    def sign_in(self, username: str) -> Page:
        """Choose a person of the demo city."""
        page = self.open("/sign-in")
        form = next(form for form in page.forms if form.action == "/sign-in")
        return self._post(form.action, [*_untouched(form), ("username", username)])

    @property
    def session(self) -> str:
        """The token in the session cookie: the gateway's own."""
        token = self.client.cookies.get("kumppani_session")
        assert token
        return token

    def press(self, page: Page, words: str, **filled: str) -> Page:
        """Press the button with these words, after filling fields in.

        `filled`: the text of each field, or of the choice taken, by a name of the caller's own choosing and
        given as "label: text"; a choice has no text.
        """
        form = next(form for form in page.forms if form.button(words))
        button = form.button(words)
        assert button is not None
        values = _untouched(form)
        for each in filled.values():
            label, _, text = each.partition(": ")
            control = _labelled(page, form, label)
            chosen = control.attributes.get("value", "") if control.kind in ("radio", "checkbox") else text
            values = [(name, value) for name, value in values if name != control.name]
            values.append((control.name, chosen))
        if button.name:
            values.append((button.name, button.attributes.get("value", "")))
        return self._post(button.attributes.get("formaction", form.action), values)

    def _post(self, path: str, values: list[tuple[str, str]]) -> Page:
        return Page(self.client.post(path, data=dict(values)))


def _untouched(form: Form) -> list[tuple[str, str]]:
    return [
        (each.name, each.text if each.tag == "textarea" else each.attributes.get("value", ""))
        for each in form.controls
        if each.sent_untouched
    ]


def _labelled(page: Page, form: Form, label: str) -> Control:
    wanted = {id for words, id in page.labels.items() if words.startswith(label)}
    return next(each for each in form.controls if each.attributes.get("id") in wanted)
