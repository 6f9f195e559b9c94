"""Every label is asked for somewhere, and every label of a button fits on a phone, whatever is filled in."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.committees.amending.words import snake
from bot.places import regulations_dir, templates_dir
from bot.values.limits import LABEL_LIMIT

ROOT = Path(bot.__file__).parent.parent
CODE = [
    path
    for room in ("bot", "handlers", "scheduler", "simulator")
    for path in (ROOT / room).rglob("*.py")
]
READERS = (*CODE, *templates_dir().rglob("*.j2"), *regulations_dir().rglob("*.toml"))
READ = "\n".join(path.read_text(encoding="utf-8") for path in READERS)
WORDS = (
    set(re.findall(r"[\"'](\w+)[\"']", READ))
    | set(re.findall(r"^(\w+) = ", READ, re.MULTILINE))
    | {snake(name) for name in re.findall(r"^class (\w+)", READ, re.MULTILINE)}
)
"""Words that stand alone in quotes, or name something in a rule book, or a class: ids that complete a key."""


def composed() -> Iterator[re.Pattern[str]]:
    """Keys put together from an id: "button.silence_{value}", or a table named in a template."""
    for before, after in set(re.findall(r"f\"(\w+\.[\w.]*)\{[^\"]*\}(\w*)\"", READ)):
        yield re.compile(rf"{re.escape(before)}(\w+){after}")
    for asked in re.findall(r"label\(([^()]*)\)", READ):
        for table in re.findall(r"\"(\w+)\"", asked):
            yield re.compile(rf"{table}\.(\w+)")


COMPOSED = tuple(composed())


def is_an_id(part: str) -> bool:
    """Whether the rest of a key is a number, or an id with perhaps more behind it."""
    return part.isdecimal() or any(part == word or part.startswith(f"{word}_") for word in WORDS)


def is_asked_for(key: str) -> bool:
    found = (pattern.fullmatch(key) for pattern in COMPOSED)
    composed_so = any(is_an_id(match[1]) for match in found if match)
    return composed_so or f'"{key}"' in READ or f"'{key}'" in READ


TABLES = tomllib.loads((templates_dir() / "labels.toml").read_text(encoding="utf-8"))
ON_BUTTONS = (
    *(table for table in TABLES if table == "button" or table.endswith("_button")),
    *(
        "again",
        "choice",
        "conclusion",
        "deadline",
        "matter",
        "meeting_kind",
        "month",
        "people_role",
    ),
    *("remind_me", "taking", "task", "vote_choice", "vote_form", "words_of"),
)
"""Tables whose labels stand on buttons; `ground` has shorter ones where its own are too long."""
LONGEST = {
    "count": "100",
    "number": "1000",
    "year": "2026",
    "month": "12",
    "hour": "23",
    "minute": "30",
    "day": "22/12, Chủ nhật",
    "moment": "22/12, thứ Năm, 17 giờ",
    "at": "22/12, thứ Năm, 17 giờ 30",
    "place": "30",
    "period": "tháng 12/2026",
}
"""The longest of what is filled in that has an end. Of the rest, names and subjects, a part must fit."""
A_PART = 10
"""Characters of a name or a subject that tell it from another."""
ALONE_IN_THEIR_WORDS = {"month.day", "month.day_off"}
"""Days of a month: two digits in a row of seven."""


def rendered(label: str) -> str:
    """A label with the longest that may be filled in, and a part of what may be of any length."""
    filled = {name: LONGEST.get(name, "m" * A_PART) for name in re.findall(r"{(\w+)}", label)}
    return label.format_map(filled)


def labels_of_buttons() -> Iterator[tuple[str, str]]:
    for table in ON_BUTTONS:
        for name, label in TABLES[table].items():
            if f"{table}.{name}" not in ALONE_IN_THEIR_WORDS:
                yield f"{table}.{name}", label
    for name, label in TABLES["ground"].items():
        yield f"ground.{name}", TABLES["ground_button"].get(name, label)


def test_every_label_of_a_button_fits_on_a_phone() -> None:
    long = {key: rendered(label) for key, label in labels_of_buttons()}
    assert {key: label for key, label in long.items() if len(label) > LABEL_LIMIT} == {}


def test_what_may_be_cut_off_a_button_stands_last() -> None:
    free = re.compile(r"{(?!" + "|".join(rf"{name}}}" for name in LONGEST) + r")\w+}.*\w")
    assert [key for key, label in labels_of_buttons() if free.search(label)] == []


NAMED = re.compile(r"«([^»{}~\"]+)»")
"""Words that a message puts in quotation marks; what is filled in is not looked at."""
NO_BUTTON = {"hết ngày"}
"""Words to be typed."""


def button_words() -> set[str]:
    """What buttons say, without what is filled in: "Việc của tôi ({count})" is «Việc của tôi»."""
    labels = (label for words in TABLES.values() for label in words.values())
    return {re.sub(r"[ :(]*{.*", "", label) for label in labels}


def test_a_button_that_a_message_names_says_these_words() -> None:
    known, wrong = button_words() | NO_BUTTON, list[str]()
    for path in sorted((templates_dir() / "messages").rglob("*.j2")):
        named = NAMED.findall(path.read_text(encoding="utf-8"))
        wrong += [f"{path.name}: «{words}»" for words in named if words not in known]
    assert wrong == []


def test_every_label_is_asked_for() -> None:
    keys = [f"{table}.{key}" for table, words in TABLES.items() for key in words]
    assert [key for key in keys if not is_asked_for(key)] == []


def test_whatever_may_wait_has_words_on_its_button_and_in_the_list() -> None:
    assert TABLES["task"].keys() == TABLES["waiting"].keys()
