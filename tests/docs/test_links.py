"""Every link of every page leads somewhere, and no page is written for nobody."""

import re
from pathlib import Path

import pytest

from tests.docs import pages

PAGES = pages.pages()
LINKS = [(page, link) for page in PAGES for link in pages.links(page)]
INDEX = "docs/decisions/README.md"
DECISIONS = sorted(path.name for path in (pages.ROOT / "docs/decisions").glob("[0-9]*.md"))


def _missing(page: str, link: str) -> str | None:
    """What is wrong with a link to a file of ours; None when it leads somewhere."""
    path, _, heading = link.partition("#")
    target = (pages.ROOT / page).parent / path if path else pages.ROOT / page
    if not target.exists():
        return f"{link}: there is no such file"
    if heading and heading not in pages.anchors(str(target.resolve().relative_to(pages.ROOT))):
        return f"{link}: there is no such heading"
    return None


def test_every_link_leads_to_a_file_and_heading_that_exist() -> None:
    ours = [(page, link) for page, link in LINKS if "://" not in link]

    assert ours
    assert [(page, wrong) for page, link in ours if (wrong := _missing(page, link))] == []


def test_links_to_the_world_are_encrypted() -> None:
    assert [(page, link) for page, link in LINKS if link.startswith("http:")] == []


def test_every_page_can_be_reached_from_the_first_one() -> None:
    reached, waiting = set[str](), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.endswith(".md"):
            continue
        reached.add(page)
        for link in pages.links(page):
            target = (pages.ROOT / page).parent / link.partition("#")[0]
            if "://" not in link and target.is_file():
                waiting.append(str(target.resolve().relative_to(pages.ROOT)))

    assert sorted({*PAGES} - reached) == []


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_file_or_folder_named_is_there(page: str) -> None:
    named = re.findall(r"`((?:[\w.]+/)+(?:\w+\.\w+)?)`", pages.prose(page))

    assert named
    places = [pages.ROOT / place for place in ("", "tests", "templates")]
    assert [path for path in named if not any((each / path).exists() for each in places)] == []


def test_the_house_on_one_page_names_every_module_of_its_kit_and_at_its_root() -> None:
    words = pages.text("docs/architecture.md")
    bot = pages.ROOT / "bot"
    modules = {file.name for room in (bot, bot / "kit") for file in room.glob("*.py")}

    assert sorted(name for name in modules - {"__init__.py"} if name not in words) == []


def test_every_picture_is_shown_somewhere() -> None:
    shown = {Path(link).name for page in PAGES for link in pages.links(page)}

    assert [p.name for p in (pages.ROOT / "docs").rglob("*.png") if p.name not in shown] == []


@pytest.mark.parametrize("name", DECISIONS)
def test_every_decision_has_its_number_its_parts_and_its_line_in_the_index(name: str) -> None:
    written = pages.text(f"docs/decisions/{name}")
    title = written.splitlines()[0].removeprefix(f"# {int(name[:4])}. ")
    headings = [line for line in written.splitlines() if line.startswith("## ")]
    status = written.partition("Status: ")[2].splitlines()[0]

    assert headings == ["## Why", "## Decision", "## What follows"]
    assert status.startswith("accepted")
    assert f"[{name[:4]}]({name}) | {title} |" in pages.text(INDEX)


def test_every_number_ever_given_leads_to_one_page() -> None:
    moved = {
        cells[0]: links[0]
        for cells in pages.rows(INDEX)
        if len(cells) == 3 and (links := pages.links_in(cells[2]))
    }
    numbers = sorted([*moved, *(name[:4] for name in DECISIONS)])

    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    assert {*moved.values()} <= {*DECISIONS}
