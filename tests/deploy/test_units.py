"""The units of systemd that are shipped: sound, closed, and of commands and settings that there are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import PREFIX, Settings, load

DEPLOY = Path(__file__).parents[2] / "deploy"
PROGRAM = "/opt/dongthuan/venv/bin/dongthuan"
UNITS = ("dongthuan.service", "dongthuan-backup.service", "dongthuan-backup.timer")
MOST_EXPOSED = 2.0
"""Of ten, as systemd-analyze counts it."""


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as they are installed; the program stands where there is one."""
    if shutil.which("systemd-analyze") is None:
        assert not os.environ.get("CI"), "in CI systemd-analyze must be there (Debian: systemd)"
        pytest.skip("systemd-analyze is missing (Debian: systemd)")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(PROGRAM, "/bin/true"), encoding="utf-8")
    return tmp_path


def analyzed(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_systemd_understands_every_line(units: Path) -> None:
    done = analyzed("verify", "--man=no", *(units / name for name in UNITS))
    ours = [line for line in done.stderr.splitlines() if "dongthuan" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("name", [each for each in UNITS if each.endswith(".service")])
def test_a_service_can_do_little_beyond_its_work(units: Path, name: str) -> None:
    done = analyzed("security", "--offline=true", units / name)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stderr
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("name", [each for each in UNITS if each.endswith(".service")])
def test_a_service_runs_a_command_and_names_settings_that_there_are(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    commands = re.findall(rf"{re.escape(PROGRAM)} ([a-z-]+)", text)
    assert commands
    assert set(commands) <= set(main.commands)
    variables = set(re.findall(rf"{PREFIX}([A-Z_]+)=", text)) - {"SETTINGS"}
    assert {each.lower() for each in variables} <= set(Settings.model_fields)


def test_the_bot_is_told_to_notify_and_is_started_anew_when_it_fails() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.read(DEPLOY / "dongthuan.service", encoding="utf-8")
    service = unit["Service"]
    assert (service["Type"], service["Restart"]) == ("notify", "on-failure")
    assert service["WatchdogSec"] == "2min"
    assert service["LoadCredential"] == "token:/etc/dongthuan/token"


def test_the_settings_beside_the_units_are_taken(tmp_path: Path) -> None:
    copy = tmp_path / "dongthuan.toml"
    copy.write_bytes((DEPLOY / "dongthuan.toml").read_bytes())
    assert load(copy).database == "/var/lib/dongthuan/dongthuan.db"
