"""Plays story files through the public command `rehearse` of the tree it is started in, and keeps what each gave.

Started by path, with that tree on PYTHONPATH: it must run the same in trees of any layout. So it
knows the product by `bot.__main__:main` alone, and what the bot asks of Telegram by the public
interface of python-telegram-bot. Arguments: a folder for the results, then the files.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import wraps
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple, Self

from click.testing import CliRunner
from telegram.request import BaseRequest

CHANCE = (
    (re.compile(r"(?<=/start )[\w-]{43}(?![\w-])"), "<token>"),
    (re.compile(r"(?<=start=)[\w-]{43}(?![\w-])"), "<token>"),
)
"""What is drawn anew in every play: the token of an invitation."""
VIET_NAM = timezone(timedelta(hours=7))
MINUTE = "%d/%m/%Y %H:%M"
CHAT = re.compile(r"=== (.+) ===")
EDITED = re.compile(r" \([^()]*\):$")
"""How a transcript marks words that came by an edit: by chance, when the first ones were fleeting."""
SAID = re.compile(r"\[\d\d/\d\d/\d{4} \d\d:\d\d\] .*:")


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of one message, as Telegram answered it to the bot."""

    act: int
    """How many acts of people the bot had heard of before."""
    at: int
    """Unix time on the moved clock."""
    chat: str
    message: int
    text: str
    keyboard: tuple[tuple[str, ...], ...]

    @property
    def rest(self) -> tuple[int, int, str, int]:
        """The same for all versions between two moments at which the bot was at rest."""
        return self.act, self.at, self.chat, self.message


class Version(NamedTuple):
    """Words in somebody's chat, with the minute in Viet Nam as a transcript writes it."""

    chat: str
    minute: str
    text: str


class Witness:
    """Stands between the bot and Telegram while the block lasts, and keeps every version of every message."""

    def __init__(self) -> None:
        self._acts = 0
        self._seen: list[Shown] = []
        self._untouched = BaseRequest.post

    def __enter__(self) -> Self:
        untouched, hear = self._untouched, self._hear

        @wraps(untouched)
        async def post(request: BaseRequest, url: str, *given: Any, **named: Any) -> Any:
            answer = await untouched(request, url, *given, **named)
            hear(answer)
            return answer

        BaseRequest.post = post  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        BaseRequest.post = self._untouched  # type: ignore[method-assign]

    def _hear(self, answer: Any) -> None:
        if isinstance(answer, list):  # updates, or what else comes as a list and is no act
            self._acts += sum("update_id" in each for each in answer if isinstance(each, dict))
        elif isinstance(answer, dict) and "message_id" in answer:
            chat = answer["chat"]
            name = chat.get("title") or " ".join(
                filter(None, (chat.get("first_name"), chat.get("last_name")))
            )
            keys = answer.get("reply_markup", {}).get("inline_keyboard", [])
            self._seen.append(
                Shown(
                    self._acts,
                    answer.get("edit_date", answer["date"]),
                    name,
                    answer["message_id"],
                    answer.get("text", answer.get("caption", "")),
                    tuple(tuple(key["text"] for key in row) for row in keys),
                )
            )

    def fleeting(self) -> Counter[Version]:
        """Versions that were written over by other words before the bot came to rest."""
        last = {each.rest: each.text for each in self._seen}
        return Counter(
            Version(each.chat, in_viet_nam(each.at), each.text)
            for each in self._seen
            if last[each.rest] != each.text
        )

    def keyboards(self) -> dict[str, list[str]]:
        """For each chat, every version that stood at rest, with the labels below it."""
        last = {each.rest: each for each in self._seen}
        chats: defaultdict[str, list[str]] = defaultdict(list)
        known: set[tuple[str, int]] = set()
        for each in sorted(last.values(), key=lambda each: (each.act, each.at, each.message)):
            rows = " / ".join(" | ".join(row) for row in each.keyboard)
            first = each.text.partition("\n")[0]
            mark = "~" if (each.chat, each.message) in known else "+"
            known.add((each.chat, each.message))
            chats[each.chat].append(f"{mark} {first} [{rows}]")
        return dict(sorted(chats.items()))


def in_viet_nam(unix: int) -> str:
    """A moment as a transcript writes it."""
    return datetime.fromtimestamp(unix, VIET_NAM).strftime(MINUTE)


def plain(text: str) -> str:
    """A text without what chance put into it."""
    for pattern, instead in CHANCE:
        text = pattern.sub(instead, text)
    return text


def at_rest(output: str, fleeting: Counter[Version]) -> list[str]:
    """The lines of objects and the transcript that follows them, without fleeting versions."""
    lines = output.splitlines()
    objects = list(takewhile(lambda line: line.startswith("{"), lines))
    return [
        *(_object_at_rest(line, fleeting.copy()) for line in objects),
        *_transcript_at_rest(lines[len(objects) :], fleeting.copy()),
    ]


def _object_at_rest(line: str, fleeting: Counter[Version]) -> str:
    told = json.loads(line)
    for chat, messages in told["messages"].items():
        told["messages"][chat] = [
            each
            for each in messages
            if not _taken(
                fleeting,
                Version(chat, f"{datetime.fromisoformat(each['time']):{MINUTE}}", each["text"]),
            )
        ]
    return json.dumps(told, ensure_ascii=False, indent=1)


def _transcript_at_rest(lines: list[str], fleeting: Counter[Version]) -> Iterator[str]:
    chat, block = "", list[str]()
    for line in [*lines, ""]:
        if block and not line.startswith("    "):
            words = "\n".join(each.removeprefix("    ") for each in block[1:])
            if not _taken(fleeting, Version(chat, block[0][1:17], words)):
                yield from (EDITED.sub(":", block[0]), *block[1:])
            block = []
        if heading := CHAT.fullmatch(line):
            chat = heading[1]
        if block or SAID.match(line):
            block.append(line)
        else:
            yield line


def _taken(fleeting: Counter[Version], version: Version) -> bool:
    """Whether this is one of those, which is then used up."""
    if not fleeting[version]:
        return False
    fleeting[version] -= 1
    return True


def play(file: str) -> dict[str, Any]:
    """What one story gave: exit code, objects and transcript, complaints, calls to Telegram by chat."""
    from bot.__main__ import main  # noqa: PLC0415 - found in the tree this is started for

    with Witness() as witness:
        result = CliRunner().invoke(main, ["rehearse", file, "--json", "--transcript"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return {
        "exit": result.exit_code,
        "output": plain("\n".join(at_rest(result.stdout, witness.fleeting()))).splitlines(),
        "complaints": plain(result.stderr).splitlines(),
        "keyboards": {k: [plain(each) for each in v] for k, v in witness.keyboards().items()},
    }


def main(folder: Path, files: list[str]) -> None:
    """Play each; a result is put in its place whole, so that one that stands is complete."""
    for file in files:
        target = folder / f"{Path(file).stem}.json"
        text = json.dumps(play(file), ensure_ascii=False, indent=1)
        beside = target.with_suffix(f".{os.getpid()}")
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
        print(Path(file).stem, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
