"""Pages of invented papers as pictures for the documentation, where this machine can lay them out. No test is here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.issuing.rules.letterhead import Paper
from tests.papers.drawn import drawn, drawn_meeting
from tests.papers.test_meeting_papers import HELD
from tests.papers.test_papers import DIVIDED
from tests.rendering.shown_calling import AROUND

DOTS = 60
"""An inch; a page is then some five hundred wide."""
LONGEST = 180
"""Seconds of one program."""


def keep_pages(place: Path) -> None:
    """Keep the first page of the two papers that the guide shows; says so where a program is missing."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        sys.stdout.write(f"No pictures of papers: {', '.join(missing)} is not installed.\n")
        return
    papers = {
        "paper-count": drawn(DIVIDED, Paper.COUNT, numbered=True),
        "paper-meeting": drawn_meeting(HELD, Paper.MINUTES, around=AROUND),
    }
    with TemporaryDirectory() as folder:
        for name, content in papers.items():
            (Path(folder) / f"{name}.docx").write_bytes(content)
            _run("soffice", *_alone(folder), "--convert-to", "pdf", f"{name}.docx", within=folder)
            first = ("-png", "-r", str(DOTS), "-f", "1", "-l", "1", "-singlefile")
            _run("pdftoppm", *first, f"{name}.pdf", str(place / name), within=folder)


def _alone(folder: str) -> tuple[str, ...]:
    """Without a window, and without what somebody has set for the own documents."""
    return "--headless", f"-env:UserInstallation=file://{folder}/own"


def _run(*command: str, within: str) -> None:
    subprocess.run(command, cwd=within, check=True, timeout=LONGEST, capture_output=True)
