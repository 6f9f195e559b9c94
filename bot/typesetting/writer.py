"""Templates and views become papers, in a process of its own: `python -m bot.typesetting.writer`.

For each line of JSON, `{"paper": kind, "layout": name, "template": base64 or null, "view": {…}, "seconds": …}`, it
writes one, `{"paper": base64, "template": digest}` or `{"fault": {"kind": …, "name": …, "near": …}}`, and it ends with
its input. With `"fields": {…}` in place of a view it answers `{"faults": […]}`: every name that is none of them.
Without a template it takes the one that ships. What sets pages is loaded here and not in the bot, and
nothing stays: a template that an office has edited can ask for what does not exist, go on for ever, or reach for
what is none of its business.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.issuing.rules.letterhead import Paper
from bot.typesetting.named import unknown_in
from bot.typesetting.template import dated, shipped

BYTES = 1024**3
"""Of memory that a paper may take."""
NEAR = 60
"""Characters of the paragraph that a fault is told with."""
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""What XML cannot hold, what would be taken for a break of paragraph or page, and what turns words about."""
FIELD = re.compile(r"'([^']+)'")


class Fault(Exception):  # noqa: N818 - a fault of a template, not of the program
    """What is wrong with a template: its kind, the name that it concerns, and the words beside it."""

    def __init__(self, kind: str, name: str = "", near: str = "") -> None:
        super().__init__(kind)
        self.told = {"kind": kind, "name": name, "near": near}


def written(template: bytes, view: Mapping[str, Any]) -> bytes:
    """The paper as .docx, the same bytes for the same template and view; raises Fault."""
    with _told(template):
        document = DocxTemplate(io.BytesIO(template))
        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        document.render(_harmless(view), environment, autoescape=True)
        made = io.BytesIO()
        document.save(made)
    return dated(made.getvalue())


def misnamed(template: bytes, fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """Every name in any branch that is no field of the paper, each as a fault; raises Fault where it cannot be read."""
    with _told(template):
        return [Fault(n.kind, n.name, _short(n.words)).told for n in unknown_in(template, fields)]


def _short(words: str) -> str:
    """So much of a paragraph that its place is found."""
    return words[:NEAR]


@contextmanager
def _told(template: bytes) -> Iterator[None]:
    """What a library raises about a template, as a fault."""
    try:
        yield
    except UndefinedError as error:
        name = next(iter(reversed(FIELD.findall(str(error)))), "")
        if not name:
            raise Fault("failed", type(error).__name__) from error
        raise Fault("unknown", name, _near(template, name)) from error
    except TemplateSyntaxError as error:
        raise Fault("broken", str(error.message or ""), _around(error)) from error
    except SecurityError as error:
        name = next(iter(FIELD.findall(str(error))), "")
        raise Fault("forbidden", name, _near(template, name)) from error
    except (OverflowError, MemoryError, RecursionError) as error:
        raise Fault("endless") from error
    except (TemplateError, TypeError, ValueError, ZeroDivisionError, LookupError) as error:
        raise Fault("failed", type(error).__name__) from error
    except (zipfile.BadZipFile, OSError) as error:
        raise Fault("no_document") from error


def _harmless(value: Any) -> Any:
    """The view without a sign that a document cannot hold."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, Mapping):
        return {name: _harmless(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_harmless(each) for each in value]
    return value


def _near(template: bytes, name: str) -> str:
    """The beginning of the first paragraph that speaks of a name."""
    return next((words[:NEAR] for words in _paragraphs(template) if name and name in words), "")


def _paragraphs(template: bytes) -> Iterator[str]:
    body = Document(io.BytesIO(template)).element.body
    for paragraph in body.iter("{*}p"):
        yield "".join(each.text or "" for each in paragraph.iter("{*}t"))


def _around(error: TemplateSyntaxError) -> str:
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    middle = [line for line in lines[2:5] if line] or [line for line in lines if line]
    return " … ".join(middle)[: 2 * NEAR]


def main() -> None:
    """Answer what is asked, one after the other; each has its own time, and none the others' leavings."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        _allow(asked["seconds"])
        sys.stdout.write(f"{json.dumps(_answer(asked))}\n")
        sys.stdout.flush()


def _allow(seconds: int) -> None:
    """So much processor time more than was taken up to now; then the process is ended."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(used.ru_utime + used.ru_stime) + seconds, most))


def _answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    own = asked["template"]
    try:
        template = base64.b64decode(own) if own else shipped(Paper(asked["paper"]), asked["layout"])
        if "fields" in asked:
            return {"faults": misnamed(template, asked["fields"])}
        paper = base64.b64encode(written(template, asked["view"])).decode("ascii")
    except Fault as fault:
        return {"fault": fault.told}
    return {"paper": paper, "template": hashlib.sha256(template).hexdigest()}


if __name__ == "__main__":
    main()
