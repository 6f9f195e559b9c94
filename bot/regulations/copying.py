"""From the text of a model to the text of a committee's own rule book. No file is written here."""

from __future__ import annotations

import json
import re

_HEADING = re.compile(r"\A# [^\n:]*:")
_MODEL = re.compile(r"^model = true\n", re.MULTILINE)
_BELONGS = re.compile(r"^belongs_to = .*$", re.MULTILINE)


def own_copy(text: str, committee: str) -> str:
    """The model as the rule book of that committee: its values stay assumptions, to be confirmed one by one."""
    whose = f"belongs_to = {json.dumps(committee, ensure_ascii=False)}"
    kept = _HEADING.sub(f"# {committee}:", text, count=1)
    return _BELONGS.sub(lambda _: whose, _MODEL.sub("", kept, count=1), count=1)
