"""Plays every story at two commits and compares what each gave, byte for byte. Run as `make transcripts BASE=<commit>`.

The stories are those of BASE; the other side is the checkout as it stands, with what is not
committed. Compared are the exit code, the objects (`--json`), the transcript, the complaints, and
the labels of the buttons below every message. Three things are made alike before, because they
differ between two plays of one commit:

- the token of an invitation, which is drawn;
- versions of a message that were written over before the bot came to rest: how often a card of
  which somebody else's answer changes a number is redrawn within one moment is a matter of chance;
- in the list of buttons, the order of messages of one moment: by their numbers; in the transcript,
  the mark that a message came by an edit, for its first words may have been such a version.

What is left to chance then is rare (the second in which the bot finds that Telegram answers again), so
a few stories that differ are played again at both commits, twice at most: a story is the same when
one of its plays before is one of its plays after.

`--twice` plays BASE twice and shows that nothing else differs. What a button carries is not
compared: it is no matter of people. Results of commits are kept in .transcripts/, so that a second
comparison plays only the checkout.
"""

from __future__ import annotations

import argparse
import fnmatch
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLAYER = ROOT / "bench" / "player.py"
KEPT = ROOT / ".transcripts"
AGAIN = 2
FEW = 12
"""More stories than this do not differ by chance."""
STORIES = Path("tests") / "stories"
PRODUCT = ("bot", "handlers", "scheduler", "simulator", "templates", "regulations")


def git(*words: str) -> str:
    """What git says in this repository."""
    ran = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607 - git is found on the path
    return ran.stdout.strip()


def unpack(commit: str, folder: Path) -> Path:
    """The tree of a commit, without a trace in the repository."""
    folder.mkdir()
    with subprocess.Popen(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE) as archive:  # noqa: S607 - as above
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)  # noqa: S607 - as above
    return folder


def place(tree: str, stories: Path) -> Path:
    """Where the results of a commit are kept: another player or other stories have another place."""
    told = hashlib.sha256(PLAYER.read_bytes())
    for file in sorted(stories.glob("*.toml")):
        told.update(file.name.encode() + file.read_bytes())
    return KEPT / f"{tree[:12]}-{told.hexdigest()[:12]}"


def play(tree: Path, scene: Path, names: Sequence[str], results: Path, jobs: int) -> None:
    """Play stories of the scene by a tree's product, those without a result yet; exits when a play breaks."""
    results.mkdir(parents=True, exist_ok=True)
    left = [name for name in names if not (results / f"{name}.json").exists()]
    at = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    players = [
        subprocess.Popen(
            [sys.executable, "-P", PLAYER, results, *(STORIES / f"{name}.toml" for name in part)],
            cwd=scene,
            env=at,
            stdout=subprocess.DEVNULL,
        )
        for part in (left[start::jobs] for start in range(jobs))
        if part
    ]
    codes = [player.wait() for player in players]
    if any(codes):
        sys.exit(f"a story broke the program in {tree}")


def lines(result: dict[str, Any]) -> list[str]:
    """All that one play gave, a line each."""
    return [
        f"exit code {result['exit']}",
        *result["complaints"],
        *result["output"],
        *(f"{chat}: {row}" for chat, rows in result["keyboards"].items() for row in rows),
    ]


def text(name: str, results: Path) -> str:
    """What is kept of one play."""
    return (results / f"{name}.json").read_text(encoding="utf-8")


def differing(names: Sequence[str], before: Sequence[Path], after: Sequence[Path]) -> list[str]:
    """Those of which no play before is one after."""
    return [
        name
        for name in names
        if not {text(name, each) for each in before} & {text(name, each) for each in after}
    ]


def show(name: str, before: Path, after: Path, most: int) -> None:
    """Print how a story differs, in at most so many lines."""
    old, new = (lines(json.loads(text(name, results))) for results in (before, after))
    found = list(unified_diff(old, new, "before", "after", lineterm="", n=2))
    print(f"\n{name}:", *found[:most], sep="\n  ")
    if len(found) > most:
        print(f"  … and {len(found) - most} lines more (--lines)")


def main() -> None:
    """Exits with 1 when a story differs."""
    told = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    told.add_argument("base", help="The commit to compare with.")
    told.add_argument("--only", default="*", help="Stories whose name fits, as qn_*.")
    told.add_argument("--jobs", type=int, default=2, help="Plays at once. [2]")
    told.add_argument("--lines", type=int, default=40, help="Lines of difference a story. [40]")
    told.add_argument("--twice", action="store_true", help="Play BASE twice, the checkout never.")
    asked = told.parse_args()
    commit = git("rev-parse", "--verify", f"{asked.base}^{{commit}}")
    with tempfile.TemporaryDirectory() as folder:
        base = unpack(commit, Path(folder) / "base")
        scene = Path(folder) / "scene"  # no settings file, no rule book, no database lies here
        shutil.copytree(base / STORIES, scene / STORIES)
        found = sorted(file.stem for file in (scene / STORIES).glob("*.toml"))
        names = fnmatch.filter(found, asked.only)
        kept = place(commit, scene / STORIES)
        play(base, scene, names, kept, asked.jobs)
        other, results = base if asked.twice else ROOT, Path(folder) / "after"
        if not asked.twice and not git("status", "--porcelain", "--", *PRODUCT):
            results = place(git("rev-parse", "HEAD"), scene / STORIES)
        play(other, scene, names, results, asked.jobs)
        before, after = [kept], [results]
        differ = differing(names, before, after)
        for again in range(AGAIN if len(differ) <= FEW else 0):
            for plays, tree, side in ((before, base, "before"), (after, other, "after")):
                plays.append(Path(folder) / f"{side}-{again}")
                play(tree, scene, differ, plays[-1], asked.jobs)
            differ = differing(differ, before, after)
        for name in differ:
            show(name, kept, results, asked.lines)
    print(f"{len(names)} stories: {len(differ) or 'none'} differ")
    sys.exit(1 if differ or not names else 0)


if __name__ == "__main__":
    main()
