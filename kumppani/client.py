"""What the command line asks of a running gateway: a demo person's token, an import."""

import os
import sys
from pathlib import Path

import httpx2

from chassis.text import escaped
from kumppani.errors import SetupError
from kumppani.home import Home

PEOPLE = (
    "contract-contact",
    "school-head",
    "daycare-head",
    "supervisor",
    "handler",
    "account-manager",
    "management",
    "admin",
    "producer-supervisor",
    "integration",
)
"""The demo city's people who sign in by name."""
_PERSONAL = frozenset({"people", "assignments"})
"""Files that tell about people."""
_SECONDS = 30.0


class Client:
    """A caller of the gateway that runs for the folder `var`, else at `port` of this machine."""

    def __init__(self, var: Path, port: int) -> None:
        self.addresses = [f"http://127.0.0.1:{port}"]
        configured = os.environ.get("KUMPPANI_WEB_GATEWAY_URL")
        if configured:
            self.addresses.insert(0, configured.rstrip("/"))
        noted = Home(var).address
        if noted.exists() and "PORT" not in os.environ:
            self.addresses.insert(0, noted.read_text().strip())

    def token(self, person: str) -> str:
        """A demo person's bearer token. Raises `SetupError`: nobody of that name, no demo, no answer."""
        if person not in PEOPLE:
            raise SetupError(f"There is no demo person {person}: choose one of {', '.join(PEOPLE)}.")
        answer = self._ask("POST", "/api/v1/sessions", json={"username": person})
        if answer.status_code in {403, 404}:
            raise SetupError(
                f"The gateway gives no token for {person}: it is not in demo mode, or lacks the demo city."
            )
        return str(_good(answer).json()["token"])

    def import_file(self, file: Path, kind: str, *, dry_run: bool) -> int:
        """Import a CSV file as administrator, print what happened, and return the exit code."""
        bearer = os.environ.get("KUMPPANI_TOKEN") or self.token("admin")
        if kind in _PERSONAL and self._is_demo():
            sys.stderr.write(
                "This is a demo city: everybody on this machine signs in without a password. "
                "Import no real people into it.\n"
            )
        answer = self._ask(
            "POST",
            f"/api/v1/imports/{kind}",
            params={"dry_run": "true"} if dry_run else {},
            content=file.read_bytes(),
            headers={"Authorization": f"Bearer {bearer}", "Content-Type": "text/csv; charset=utf-8"},
        )
        body = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        for fault in body.get("faults") or []:
            # Cells come back in the words; what acts on a terminal is shown instead of done.
            told = escaped(f"{fault['column']}: {fault['message']}")
            sys.stderr.write(f"{file}:{fault['row']}: {told}\n")
        if body.get("faults"):
            sys.stderr.write("Nothing was imported.\n")
            return 1
        counts = _good(answer).json()
        done = "would be" if dry_run else "were"
        sys.stdout.write(
            f"{counts['rows']} rows: {counts['created']} {done} created, {counts['updated']} updated, "
            f"{counts['unchanged']} are as they were.\n"
        )
        return 0

    def _is_demo(self) -> bool:
        return self._ask("GET", "/api/v1/demo-people").is_success

    def _ask(
        self,
        method: str,
        path: str,
        *,
        json: object | None = None,
        content: bytes | None = None,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx2.Response:
        for address in dict.fromkeys(self.addresses):
            try:
                return httpx2.request(
                    method,
                    f"{address}{path}",
                    json=json,
                    content=content,
                    params=params,
                    headers={"Accept-Language": "en", **(headers or {})},
                    timeout=_SECONDS,
                    trust_env=False,
                )
            except httpx2.ConnectError:
                continue
            except httpx2.RequestError as error:
                raise SetupError(f"The gateway at {address} did not answer ({error}): try again.") from error
        tried = ", ".join(dict.fromkeys(self.addresses))
        raise SetupError(f"Kumppani does not run at {tried}: start it with make up, or give --port.")


def _good(answer: httpx2.Response) -> httpx2.Response:
    if answer.is_success:
        return answer
    try:
        detail = str(answer.json().get("detail") or answer.json().get("title"))
    except ValueError:
        detail = answer.text[:200]
    raise SetupError(f"The gateway refused ({answer.status_code}): {escaped(detail)}")
