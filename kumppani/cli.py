"""The command line `kumppani`: every way to start, fill and check the product."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from kumppani.errors import SetupError

app = typer.Typer(
    help="The shared working place of a city's in-house service producer and its customers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path, typer.Option("--var", envvar="VAR", help="Folder of the private database, keys and log.")
]
Port = Annotated[int, typer.Option("--port", envvar="PORT", help="Port to serve at.", min=1, max=65535)]
Processes = Annotated[
    int,
    typer.Option(
        "--processes", envvar="KUMPPANI_PROCESSES", help="0: one a core, four at most.", min=0, max=64
    ),
]
VAR = Path("var")


@app.command()
def up(port: Port = 8000, var: Folder = VAR, processes: Processes = 0) -> None:
    """Start everything in a process a core, with a private PostgreSQL and the demo city."""
    from kumppani.processes import default_count
    from kumppani.progress import Steps
    from kumppani.up import up as start

    start(var, port, Steps(), processes=processes or default_count())


@app.command()
def serve(
    part: Annotated[str, typer.Argument(help="customers, contracts, feedback, gateway or web")],
    port: Annotated[int, typer.Option("--port", envvar="PORT", help="Default: the part's own.")] = 0,
    host: Annotated[str, typer.Option("--host", envvar="HOST")] = "127.0.0.1",
    processes: Processes = 0,
) -> None:
    """Serve one part alone; its settings come from the environment."""
    from kumppani.parts import PARTS, PORTS
    from kumppani.processes import default_count
    from kumppani.serve_one import serve_part

    name = _one_of(part, PARTS, "part")
    serve_part(name, host, port or PORTS[name], processes=processes or default_count())


@app.command()
def worker(service: Annotated[str, typer.Argument(help="customers, contracts or feedback")]) -> None:
    """Run the jobs and listeners of one service."""
    from kumppani.parts import SERVICES
    from kumppani.serve_one import run_worker

    run_worker(_one_of(service, SERVICES, "service"))


@app.command()
def migrate(
    part: Annotated[str, typer.Argument(help="customers, contracts, feedback, gateway or all")],
    var: Folder = VAR,
) -> None:
    """Bring a database to the newest schema."""
    from kumppani.home import Home
    from kumppani.parts import OWNERS
    from kumppani.progress import Steps
    from kumppani.up import at_hand
    from kumppani.up import migrate as bring

    names = OWNERS if part == "all" else (_one_of(part, (*OWNERS, "all"), "database"),)
    steps = Steps()
    with at_hand(Home(var), *names):
        bring(steps, *names)
    steps.console.print("Every schema is the newest.")


@app.command()
def demo(var: Folder = VAR) -> None:
    """Fill the demo city into empty databases."""
    from kumppani.home import Home
    from kumppani.progress import Steps
    from kumppani.up import at_hand, fill
    from kumppani.up import migrate as bring

    steps = Steps()
    with at_hand(Home(var)) as private:
        bring(steps)
        fill(steps, private)
    steps.console.print("The demo city is there.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV with `;` and a header row.")],
    kind: Annotated[str, typer.Option(help="departments, customers, producers, sites, people, assignments")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only, and list each faulty row.")] = False,
    port: Port = 8000,
    var: Folder = VAR,
) -> None:
    """Import a CSV file through the running gateway, whole or not at all."""
    from kumppani.client import Client

    raise typer.Exit(Client(var, port).import_file(file, kind, dry_run=dry_run))


@app.command()
def token(
    person: Annotated[str, typer.Argument(help="A demo person's name, e.g. contract-contact")],
    port: Port = 8000,
    var: Folder = VAR,
) -> None:
    """Print a bearer token of a demo person for the JSON API (demo mode only)."""
    from kumppani.client import Client

    sys.stdout.write(f"{Client(var, port).token(person)}\n")


@app.command()
def doctor(var: Folder = VAR) -> None:
    """Check settings, databases, keys, schemas, clock and mail, and say how to mend what is wrong."""
    from kumppani.doctor import examine, report

    raise typer.Exit(report(examine(var)))


def _one_of(word: str, words: tuple[str, ...], what: str) -> str:
    if word not in words:
        raise SetupError(f"There is no {what} {word}: choose one of {', '.join(words)}.")
    return word


def main() -> None:
    """Run the command line; a fault of the set-up is one sentence and an exit code, never a traceback."""
    try:
        app()
    except SetupError as fault:
        _end(str(fault), fault.exit_code)
    except ValidationError as error:
        from kumppani.wording import settings_fault

        _end(settings_fault(error), SetupError.exit_code)
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.stderr.write("Stopped.\n")
        sys.exit(130)


def _end(sentence: str, code: int) -> None:
    sys.stderr.write(f"kumppani: {sentence}\n")
    sys.exit(code)
