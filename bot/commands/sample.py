"""A sample committee to begin from: a description and a roster, of invented people."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.places import regulations_dir, templates_dir
from bot.regulations.loader import load
from bot.rendering import Rendering

PLAN, ROSTER = "tap_the.toml", "danh_sach.csv"
REGULATION = "quang_ngai"


def write_sample(say: Rendering, folder: Path) -> int:
    """Both files into a folder; 1 and nothing written when one of them is there already."""
    taken = [folder / name for name in (PLAN, ROSTER) if (folder / name).exists()]
    if taken:
        click.echo(say.terminal("init_sheet_fault", path=taken[0], exists=True), err=True)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    regulation = load(regulations_dir() / f"{REGULATION}.toml")
    settings = [(each, json.dumps(each.value)) for each in regulation.settings]
    plan = say.terminal("sample_plan", regulation=regulation, settings=settings, roster=ROSTER)
    (folder / PLAN).write_text(plan + "\n", encoding="utf-8")
    roster = (templates_dir() / "cli" / "sample_roster.csv").read_text(encoding="utf-8")
    (folder / ROSTER).write_text(roster, encoding="utf-8-sig")  # its mark tells Excel the encoding
    click.echo(say.terminal("init_sample", plan=folder / PLAN, roster=folder / ROSTER))
    return 0
