"""Pages of invented papers as pictures for the documentation, where this machine can lay them out. No test is here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from bot.issuing.rules.letterhead import Paper
from bot.typesetting.handout import handout
from tests.papers.drawn import drawn, drawn_meeting, drawn_period
from tests.papers.test_meeting_papers import HELD
from tests.papers.test_papers import DIVIDED
from tests.rendering.shown_calling import AROUND
from tests.rendering.shown_results import HU, QN, split
from tests.rendering.shown_sitting import QN as CALLED

DOTS = 75
"""An inch; a page is then some six hundred wide."""
SHADES = 16
"""Of grey: letters stay smooth, and a page takes some twenty thousand bytes."""
LONGEST = 180
"""Seconds of one program."""


def papers() -> dict[str, bytes]:
    """A real page for each template that ships, by its name; papers in the layout of the Party."""
    return {
        **{paper: drawn(of, paper, numbered=paper in NUMBERED) for of, paper in CONSULTED},
        **{paper: drawn_meeting(of, paper, around=AROUND) for of, paper in MET},
        Paper.FIGURES.value: drawn_period(),
        "handout": handout(),
    }


CONSULTED = (
    *((QN, Paper.SLIP), (DIVIDED, Paper.COUNT), (DIVIDED, Paper.TABLE), (DIVIDED, Paper.RESULT)),
    (split(HU, approve=2, reject=3), Paper.DIFFERING),
)
NUMBERED = (Paper.COUNT, Paper.RESULT, Paper.DIFFERING)
MET = (
    (CALLED, Paper.INVITATION),
    *((HELD, each) for each in (Paper.MINUTES, Paper.BALLOTS, Paper.CONCLUSION, Paper.RESOLUTION)),
)


def keep_pages(place: Path) -> None:
    """Keep the first page of every paper that the guide shows; says so where a program is missing."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        sys.stdout.write(f"No pictures of papers: {', '.join(missing)} is not installed.\n")
        return
    with TemporaryDirectory() as folder:
        for name, content in papers().items():
            (Path(folder) / f"{name}.docx").write_bytes(content)
        files = sorted(path.name for path in Path(folder).glob("*.docx"))
        _run("soffice", *_alone(folder), "--convert-to", "pdf", *files, within=folder)
        first = ("-png", "-gray", "-r", str(DOTS), "-f", "1", "-l", "1", "-singlefile")
        for name in papers():
            _run("pdftoppm", *first, f"{name}.pdf", name, within=folder)
            with Image.open(Path(folder) / f"{name}.png") as page:
                page.quantize(SHADES).save(place / f"paper-{name}.png", optimize=True)


def _alone(folder: str) -> tuple[str, ...]:
    """Without a window, and without what somebody has set for the own documents."""
    return "--headless", f"-env:UserInstallation=file://{folder}/own"


def _run(*command: str, within: str) -> None:
    subprocess.run(command, cwd=within, check=True, timeout=LONGEST, capture_output=True)
