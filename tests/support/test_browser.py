"""How Chromium is installed for the browser tests."""

from tests.support.browser import APT


def test_an_installation_waits_for_another_one_of_the_machine() -> None:
    for command in APT:
        assert command[0] == "apt-get"
        place = command.index("DPkg::Lock::Timeout=300")
        assert command[place - 1] == "-o"
    assert [command[-1] for command in APT] == ["update", "chromium"]
    assert "install" in APT[1]
