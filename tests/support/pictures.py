"""Takes the pictures of the README from a living demo city.

`python -m tests.support.pictures` starts the whole product with a city of its own and stops it afterwards;
with an address (`… http://127.0.0.1:8000`) it takes them of the one that runs there.
"""

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import FLAGS, chromium
from tests.support.processes import ROOT, environment
from tests.support.waiting import until

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 200_000
A_WORD = "Lunch ran out before half past eleven. Three classes went without the main course."
Json = dict[str, Any]  # Any: JSON


@dataclass(frozen=True)
class Screen:
    """What a person looks at: a window's width and height, and how many dots make one of its pixels."""

    width: int
    height: int
    dots: float = 1.0


PHONE = Screen(390, 880, 1.5)
DESK = Screen(1180, 800)


class Desk:
    """One person at one screen, signed in, reading in English."""

    def __init__(self, browser: Browser, address: str, username: str, screen: Screen) -> None:
        self._address = address
        self._username = username
        context = browser.new_context(
            base_url=address,
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=screen.dots,
            color_scheme="light",
            reduced_motion="reduce",
        )
        self.page: Page = context.new_page()
        self.page.goto("/language/en")
        self.page.goto("/sign-in")
        self.page.locator(f'button[value="{username}"]').click()
        self.page.wait_for_url("**/")

    def ask(self, path: str, **query: str | int) -> Json:
        """Return what the JSON API answers this person."""
        with httpx2.Client(base_url=self._address, trust_env=False, timeout=30) as client:
            opened = client.post("/api/v1/sessions", json={"username": self._username}).raise_for_status()
            bearer = {"Authorization": f"Bearer {opened.json()['token']}"}
            answer = client.get(f"/api/v1{path}", params=query, headers=bearer).raise_for_status()
        body: Json = answer.json()
        return body


def give_feedback(desk: Desk) -> None:
    """The form in which a school's head tells what went wrong."""
    desk.page.goto("/feedback/new?kind=complaint")
    desk.page.locator("#field-description").fill(A_WORD)
    desk.page.wait_for_load_state("networkidle")
    desk.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def case_with_its_clock(desk: Desk) -> None:
    """A case of the school whose clock tells the most: counted time, rests, closed hours."""

    def telling(case: Json) -> tuple[bool, int, int]:
        ledger = desk.ask(f"/cases/{case['id']}/clock")["ledger"]
        on_time = not (case["response_breached"] or case["resolution_breached"])
        return on_time, len({entry["kind"] for entry in ledger}), -len(ledger)

    cases = desk.ask("/cases", kind="complaint", limit=40)["items"]
    case = max((each for each in cases if each["resolution_due_at"]), key=telling)
    desk.page.goto(f"/cases/{case['id']}")


def queue(desk: Desk) -> None:
    """The cases of a complaint handler, in the order of what is due next."""
    desk.page.goto("/cases")


def contract_year(desk: Desk) -> None:
    """The draft of next year's contract from which the most is still missing."""
    year = date.today().year + 1  # noqa: DTZ011 - the demo city's drafts are for the year after today
    contracts = desk.ask("/contracts", year=year, limit=200)["items"]
    years = [desk.ask(f"/contracts/{each['id']}/years/{year}") for each in contracts]
    most = max(years, key=lambda each: len(each["blockers"]))
    desk.page.goto(f"/contracts/{most['contract_id']}/years/{year}")


def annual_clock(desk: Desk) -> None:
    """The wheel of one customer's year, with the list beside it."""
    customer = desk.ask("/customers", q="Opetuspalvelut")["items"][0]
    desk.page.goto(f"/clock?customer_id={customer['id']}")


@dataclass(frozen=True)
class Picture:
    """A picture's name, whose eyes see it, on which screen, how the page is reached, which part shows."""

    name: str
    username: str
    screen: Screen
    reach: Callable[[Desk], None]
    height: int
    top: int = 0


TAKEN = (
    Picture("give-feedback", "school-head", PHONE, give_feedback, 850),
    Picture("case", "school-head", PHONE, case_with_its_clock, 985),
    Picture("queue", "handler", DESK, queue, 722),
    Picture("contract-year", "account-manager", DESK, contract_year, 710),
    Picture("annual-clock", "account-manager", DESK, annual_clock, 775, top=282),
)


def take(address: str, folder: Path = PICTURES) -> list[Path]:
    """Take every picture of the Kumppani at the address; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for picture in TAKEN:
            desk = Desk(browser, address, picture.username, picture.screen)
            picture.reach(desk)
            desk.page.wait_for_load_state("networkidle")
            file = folder / f"{picture.name}.png"
            width = picture.screen.width
            desk.page.screenshot(
                path=file,
                full_page=True,
                clip={"x": 0, "y": picture.top, "width": width, "height": picture.height},
            )
            taken.append(file)
        browser.close()
    return taken


def told_at(noted: Path) -> str:
    """Return the address that is noted; a file that is being written tells none yet."""
    return noted.read_text().strip() if noted.exists() else ""


@contextlib.contextmanager
def living() -> Generator[str]:
    """Run the whole product with a fresh demo city for the block; yields its address."""
    with tempfile.TemporaryDirectory(prefix="kumppani-pictures-") as folder:
        var = Path(folder) / "var"
        noted = var / "address"
        told = environment(VAR=str(var), PORT="8397")
        with subprocess.Popen([sys.executable, "-m", "kumppani", "up"], cwd=ROOT, env=told) as running:
            try:
                until(lambda: told_at(noted) or running.poll() is not None, "the demo city", seconds=600)
                if not told_at(noted):
                    sys.exit("Kumppani did not start: see above.")
                yield told_at(noted)
            finally:
                running.terminate()


def main() -> None:
    """Take the pictures and name them; one that is too large for a README is a fault."""
    with contextlib.nullcontext(sys.argv[1]) if len(sys.argv) > 1 else living() as address:
        files = take(address.rstrip("/"))
    for file in files:
        sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB\n")
    if any(file.stat().st_size > MOST_BYTES for file in files):
        sys.exit(f"A picture is larger than {MOST_BYTES // 1000} kB.")


if __name__ == "__main__":
    main()
