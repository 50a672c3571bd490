"""What can be mended is told in one sentence, with an exit code, and never with a traceback."""

import socket
from pathlib import Path

import pytest

from tests.kumppani.conftest import CommandLine


def sentence(command: CommandLine, *arguments: str, **settings: str) -> str:
    """The one line that a failing command says."""
    done = command(*arguments, **settings)
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    line = done.stderr.splitlines()[-1]
    assert line.startswith("kumppani: "), done.stderr
    assert "Traceback" not in done.stderr
    return line


def test_a_taken_port_is_named_with_another_to_try(command: CommandLine, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = sentence(command, "up", PORT=str(port))
    assert f"Port {port} is taken" in said
    assert "PORT=" in said
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_folder_is_named(command: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = sentence(command, "up", PORT="8199", VAR=str(tmp_path / "file" / "var"))
    assert str(tmp_path / "file" / "var") in said
    assert "VAR=" in said


def test_an_unknown_person_gets_the_list_of_those_who_are(command: CommandLine) -> None:
    said = sentence(command, "token", "mayor")
    assert "no demo person mayor" in said
    assert "contract-contact" in said
    assert "integration" in said


def test_a_token_without_a_running_kumppani_says_how_to_start_it(command: CommandLine) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert f"does not run at http://127.0.0.1:{port}" in sentence(
            command, "token", "admin", PORT=str(port)
        )


def test_an_unknown_part_is_told_with_the_parts_there_are(command: CommandLine) -> None:
    assert "no part kitchen: choose one of customers, contracts" in sentence(command, "serve", "kitchen")
    assert "no service web" in sentence(command, "worker", "web")
    assert "no database web" in sentence(command, "migrate", "web")


def test_missing_settings_are_named_as_variables(command: CommandLine) -> None:
    said = sentence(command, "serve", "gateway", PORT="8198")
    assert "KUMPPANI_GATEWAY_DATABASE_URL" in said
    assert "KUMPPANI_GATEWAY_SIGNING_KEY" in said
    assert "_FILE" in said


def test_demo_mode_beside_a_database_elsewhere_is_refused_without_telling_its_password(
    command: CommandLine,
) -> None:
    said = sentence(
        command,
        "serve",
        "gateway",
        PORT="8198",
        KUMPPANI_GATEWAY_DEMO="true",
        KUMPPANI_GATEWAY_DATABASE_URL="postgresql://gateway:salaisuus@db.example.org/gateway",
        KUMPPANI_GATEWAY_SIGNING_KEY="{}",
    )
    assert "demo mode refuses database_url" in said
    assert "salaisuus" not in said


@pytest.mark.parametrize("arguments", [("migrate", "all"), ("demo",)])
def test_without_a_database_the_commands_say_which_to_set(
    command: CommandLine, arguments: tuple[str, ...]
) -> None:
    said = sentence(command, *arguments)
    assert "KUMPPANI_CUSTOMERS_DATABASE_URL" in said
    assert "kumppani up" in said


def test_the_doctor_names_what_is_missing_and_fails(command: CommandLine) -> None:
    done = command("doctor")
    assert done.returncode == 1
    assert "fault  settings: no part is configured" in done.stdout
    assert "mend: " in done.stdout


def test_the_doctor_looks_at_the_parts_that_are_configured_here(command: CommandLine) -> None:
    done = command(
        "doctor",
        KUMPPANI_GATEWAY_DATABASE_URL="postgresql://gateway@127.0.0.1:9/gateway",
        KUMPPANI_GATEWAY_SIGNING_KEY="no key",
    )
    assert done.returncode == 1
    assert "ok     settings of gateway: complete" in done.stdout
    assert "fault  key of gateway: unreadable" in done.stdout
    assert "fault  database of gateway" in done.stdout
    assert "feedback" not in done.stdout
