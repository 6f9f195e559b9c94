"""The paper that is handed over: its number and date as typed, its file. What is done with it is not known here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.values.files import FileRef
from bot.values.limits import FILE_NAME_LIMIT, SUBJECT_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import refuse
from bot.values.texts import clean_line
from bot.values.typed_days import PaperFault, PaperMark, paper_mark
from bot.values.words import read_line


def fit_to_show(file: FileRef) -> FileRef:
    """The file under a name that can be shown."""
    name = clean_line(file.name[:FILE_NAME_LIMIT], FILE_NAME_LIMIT)
    return replace(file, name=name if isinstance(name, str) else file.sha256[:12])


def number_and_date(_before: object, text: str, at: datetime) -> str:
    """What is typed in place of a file, in one line; refused where it holds a date that no calendar has."""
    line = read_line(text, SUBJECT_LIMIT)
    mark_of(line, at)
    return line


def mark_of(line: str, at: datetime) -> PaperMark:
    """Number and date in such a line; without a year the last such day."""
    mark = paper_mark(line, in_viet_nam(at).date())
    if isinstance(mark, PaperFault):
        refuse("day_impossible", part=mark.part)
    return mark
