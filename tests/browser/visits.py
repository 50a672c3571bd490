"""People's browsers: a profile of its own for each, and what went wrong in its console."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.served import ServedCity
from tests.city import NOBODY

DESKTOP = (1280, 900)
PHONE = (390, 844)
MILLISECONDS = 30_000
"""How long a page is waited for: the machine may be busy, and what passes never waits this long."""
BLOCKED = "Service Worker registration blocked by Playwright"
"""What the browser says of our own choice to do without a worker; no fault of a page."""


class Visits:
    """Opens pages for demo people; every complaint of the console is kept in ``complaints``."""

    def __init__(self, chrome: Browser, city: ServedCity) -> None:
        self.city = city
        self.complaints: list[str] = []
        self._chrome = chrome
        self._contexts: list[BrowserContext] = []
        self._going_on: Page | None = None

    def of(
        self,
        username: str = NOBODY,
        *,
        size: tuple[int, int] = DESKTOP,
        language: str = "fi",
        scripts: bool = True,
        installed: bool = False,
    ) -> Page:
        """Return an empty page of a person who is signed in (``nobody`` is not)."""
        options: dict[str, Any] = {} if scripts else {"java_script_enabled": False}  # Any: as Playwright's
        context = self._chrome.new_context(
            base_url=self.city.address,
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            locale={"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[language],
            timezone_id="Europe/Helsinki",
            service_workers="allow" if installed else "block",  # what a worker asks no test could hold up
            **options,
        )
        self._contexts.append(context)
        context.set_default_timeout(MILLISECONDS)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        if username != NOBODY:
            self.sign_in(context, username)
        return context.new_page()

    def at_the_same_window(self, username: str) -> Page:
        """Return the one window at which person follows on person, as it was at first, signed in.

        A window is dear to open, and this one has the files that pages share.
        """
        if self._going_on is None:
            self._going_on = self.of()
        page = self._going_on
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.emulate_media(color_scheme="light")
        page.context.clear_cookies()
        if username != NOBODY:
            self.sign_in(page.context, username)
        return page

    def sign_in(self, context: BrowserContext, username: str) -> None:
        """Give a profile the session of a demo person."""
        cookie = {"name": "kumppani_session", "value": self.city.session(username), "url": self.city.address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is what it takes

    def end(self) -> None:
        """Close every profile."""
        for context in self._contexts:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and BLOCKED not in message.text:
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")
