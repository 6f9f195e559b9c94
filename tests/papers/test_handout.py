"""The members' sheet: large type, and no button that the bot does not have."""

from __future__ import annotations

import io
import re
import tomllib

from docx import Document

from bot.places import templates_dir
from bot.typesetting.handout import handout
from tests.docs.pages import ROOT


def test_every_button_that_the_sheet_names_is_one_of_the_bots() -> None:
    words = "\n".join(each.text for each in Document(io.BytesIO(handout())).paragraphs)
    labels = tomllib.loads((templates_dir() / "labels.toml").read_text(encoding="utf-8"))
    known = {
        label.partition(" (")[0].casefold()
        for part in labels.values()
        if isinstance(part, dict)
        for label in part.values()
        if isinstance(label, str)
    }
    named = re.findall("«([^»]+)»", words)
    assert len(named) == 11
    assert [each for each in named if each.casefold() not in known] == []


def test_the_sheet_is_in_large_type_and_says_what_the_guide_says() -> None:
    document = Document(io.BytesIO(handout()))
    runs = [run for each in document.paragraphs for run in each.runs]
    sizes = {run.font.size.pt for run in runs if run.font.size}
    assert min(sizes) >= 18
    guide = (ROOT / "docs" / "huong-dan-thanh-vien.md").read_text(encoding="utf-8")
    assert all(each.text in guide for each in runs if each.text.startswith("«"))
