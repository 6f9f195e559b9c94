"""What is wrong with a story's file beyond its shape, all at once, each with its place. No rule book is known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

from bot.named_files import text_of
from bot.regulations.choices import dotted
from bot.regulations.faults import FaultyFile, Finding, Findings, placed
from bot.regulations.positions import KeyPath, Position, positions
from simulator.seating import PEOPLE, called_apart, tables_of

Verbs = Mapping[str, tuple[frozenset[str], frozenset[str]]]
"""The keys that each verb needs, and those that it may have."""


class StoryError(FaultyFile):
    """A story that cannot be played: where and why."""


def story_error(file: str, text: str, found: Sequence[Finding]) -> StoryError:
    """The findings as faults of this file, of which this is the text."""
    places = positions(text)
    faults = [placed(each, file, places, key_of(_written(each.path, places))) for each in found]
    once = {(each.line, each.key, each.message): each for each in reversed(faults)}
    return StoryError(list(once.values()))


def faulty(path: Path, found: Iterable[Finding]) -> StoryError:
    """The findings as faults of the story in this file."""
    text = normalize("NFC", text_of(path))
    return story_error(str(path), text, list(found))


def _written(path: KeyPath, places: Mapping[KeyPath, Position]) -> KeyPath:
    """The key as far as it stands in the file: what is below it names one of several kinds of value."""
    return next((path[:n] for n in range(len(path), 0, -1) if path[:n] in places), ())


def key_of(path: KeyPath) -> str:
    """A path as a person counts: the first step is step.1."""
    return dotted(tuple(part + 1 if isinstance(part, int) else part for part in path))


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a story may say: its verbs, those that nobody does, that name something, that are about no body."""

    verbs: Verbs
    nobody: Collection[str]
    names: Collection[str]
    no_body: Collection[str]
    no_ids: Collection[str]
    """Words of [expect] that name nothing else."""
    expected: Collection[str]
    """The keys of an expectation."""
    one_of: Mapping[str, tuple[str, ...]]
    """Of a verb: keys of which a step has exactly one."""
    expected_ids: Mapping[str, Collection[str]]
    """The ids that may stand under a key of an expectation."""
    kinds: Mapping[str, Collection[str]]
    """What `kind` may be, by verb."""


def findings(tree: Mapping[str, Any], grammar: Grammar) -> Findings:
    """Everything in the file that does not fit together; what has not the shape it needs is passed over."""
    return _Reading(called_apart(tree), grammar).findings()


class _Reading:
    """The tables of a file as they stand there, with the names and ids that they give."""

    def __init__(self, tree: Mapping[str, Any], grammar: Grammar) -> None:
        self.tree, self.grammar = tree, grammar
        self.steps = tables_of(tree, "step")
        self.beside = tables_of(tree, "with")
        self.people = _people(tree, ())
        self.elsewhere = [_people(each, ("with", at)) for at, each in enumerate(self.beside)]
        called = [
            guest["name"] if isinstance(guest, dict) else guest
            for step in self.steps
            for guest in _list(step.get("guests"))
        ]
        added = [step.get("of") for step in self.steps if step.get("does") == "add_person"]
        self.names = {name for every in (self.people, *self.elsewhere) for _, name in every} | {
            n for n in (*called, *added) if isinstance(n, str)
        }
        self.listed = {
            n for step in self.steps for n in _list(step.get("names")) if isinstance(n, str)
        }
        """Those on the lists of votes: numbers may be expected of each."""
        self.committees = {
            each["name"] for each in self.beside if isinstance(each.get("name"), str)
        }
        self.ids = {step.get("id") for step in self.steps if step.get("does") in grammar.names}

    def findings(self) -> Findings:
        for name in {"bodies", "expects", "beside"} & set(self.tree):
            allowed = ", ".join((*PEOPLE, "body", "with", "step", "expect"))
            yield Finding((name,), "unknown_key", {"name": name, "allowed": allowed}, name)
        yield from self._people()
        yield from self._bodies()
        for at, step in enumerate(self.steps):
            yield from self._verb(("step", at), step)
            yield from self._persons(("step", at), step)
            yield from self._ids(("step", at), step)
            yield from self._time(("step", at), step, "at")
        for at, chapter in enumerate(tables_of(self.tree, "chapter")):
            yield from self._time(("chapter", at), chapter, "until")
        yield from self._expected()

    def _people(self) -> Findings:
        for committee in (self.people, *self.elsewhere):
            counts = Counter(name for _, name in committee)
            for path, name in committee:
                if counts[name] > 1:
                    yield Finding((*path, "name"), "story_named_twice", {"name": name})

    def _bodies(self) -> Findings:
        """The tables [[body]] of a committee with several."""
        bodies = tables_of(self.tree, "body")
        ids = Counter(each.get("id") for each in bodies)
        members = [
            each for each in tables_of(self.tree, "member") if isinstance(each.get("name"), str)
        ]
        names = {each["name"] for each in members}
        rolls: dict[object, Counter[str]] = {}
        for at, table in enumerate(bodies):
            if ids[table.get("id")] > 1:
                yield Finding(("body", at, "id"), "story_body_twice", {"name": table.get("id")})
            if not isinstance(table.get("members"), list):
                continue
            roll = Counter(name for name in table["members"] if isinstance(name, str))
            rolls[table.get("id")] = roll
            for name, count in roll.items():
                where = ("body", at, "members", table["members"].index(name))
                if name not in names:
                    yield _unknown(where, "story_no_member", name, names)
                if count > 1:
                    yield Finding(where, "story_twice_on_roll", {"name": name, "count": count})
        for at, member in enumerate(tables_of(self.tree, "member")):
            for body in _table(member.get("offices")):
                if body in rolls and member.get("name") not in rolls[body]:
                    values = {"name": member.get("name"), "body": body}
                    yield Finding(("member", at, "offices", body), "story_office_elsewhere", values)

    def _verb(self, path: KeyPath, step: Mapping[str, Any]) -> Findings:
        """The verb is known, has what it needs and nothing else."""
        verb = step.get("does")
        if not isinstance(verb, str):
            return
        if verb not in self.grammar.verbs:
            yield _unknown((*path, "does"), "story_verb_unknown", verb, self.grammar.verbs)
            return
        needed, allowed = self.grammar.verbs[verb]
        given = set(step) - {"at", "does", "who", "id", "in", "refused"}
        given -= {"body"} if verb not in self.grammar.no_body else set()
        takes = sorted(needed | allowed)
        unfit = [each for each in step if each in given - needed - allowed]
        meant = {Finding(path, "", {"allowed": ", ".join(takes)}, key).meant for key in unfit}
        one_of = self.grammar.one_of.get(verb, ())
        said = [key for key in one_of if key in given]
        for first, second in pairwise(said):
            values = {"does": verb, "first": first, "name": second, "allowed": ", ".join(one_of)}
            yield Finding((*path, second), "story_keys_at_once", values)
        wanted = needed | ({one_of[0]} if one_of and not {*said} | meant & {*one_of} else set())
        for name in sorted(wanted - given - meant):
            yield Finding((*path, "does"), "story_key_missing", {"does": verb, "name": name})
        for name in unfit:
            kind = "story_key_unfit" if takes else "story_no_keys"
            values = {"does": verb, "name": name, "allowed": ", ".join(takes)}
            yield Finding((*path, name), kind, values, name)
        kinds = self.grammar.kinds.get(verb, ())
        if kinds and isinstance(given_kind := step.get("kind"), str) and given_kind not in kinds:
            values = {"found": given_kind, "allowed": ", ".join(sorted(kinds))}
            yield Finding((*path, "kind"), "unknown_id", values, given_kind)
        if not isinstance(step.get("refused", True), bool | str):
            yield Finding((*path, "refused"), "story_refused_form", {"found": step["refused"]})
        if isinstance(elsewhere := step.get("in"), str) and elsewhere not in self.committees:
            yield _unknown((*path, "in"), "story_committee_unknown", elsewhere, self.committees)
        if ("who" not in step) != (verb in self.grammar.nobody):
            kind = "story_who_unwanted" if "who" in step else "story_who_missing"
            yield Finding((*path, "who" if "who" in step else "does"), kind, {"does": verb})

    def _persons(self, path: KeyPath, step: Mapping[str, Any]) -> Findings:
        """Whoever a step names is somebody of the story."""
        for key in ("who", "of", "to"):
            name = step.get(key)
            if not isinstance(name, str) or (key, step.get("does")) == ("of", "ask_question"):
                continue  # a body is asked, too, by its id
            if key == "of" and step.get("does") in ("second_round", "prepare_anew"):
                if name not in self.ids:
                    yield _unknown((*path, key), "story_id_unknown", name, self.ids)
            elif name not in self.names:
                yield _unknown((*path, key), "story_nobody", name, self.names)

    def _ids(self, path: KeyPath, step: Mapping[str, Any]) -> Findings:
        if step.get("id") in self.grammar.no_ids:
            yield Finding((*path, "id"), "story_id_reserved", {"name": step["id"]})
        if step.get("does") in self.grammar.names:
            return
        for key in ("id", "meeting", "question"):
            name = step.get(key)
            if isinstance(name, str) and name not in self.ids:
                yield _unknown((*path, key), "story_id_unknown", name, self.ids)

    def _time(self, path: KeyPath, table: Mapping[str, Any], key: str) -> Findings:
        """Time runs from the start to the end of the story."""
        start, at, end = self.tree.get("start"), table.get(key), self.tree.get("end")
        given = [m for m in (start, at, end) if isinstance(m, datetime) and m.tzinfo is not None]
        if len(given) == len((start, at, end)) and not given[0] <= given[1] <= given[2]:
            yield Finding((*path, key), "story_outside", {"found": given[1].isoformat()})

    def _expected(self) -> Findings:
        """What is expected is of something in the story, and of somebody in it."""
        expect = _table(self.tree.get("expect"))
        ids = [step["id"] for step in self.steps if isinstance(step.get("id"), str)]
        ids += [
            f"{step['id']}.{place}"
            for step in self.steps
            if isinstance(step.get("id"), str)
            for place, _ in enumerate(_list(step.get("contents")), 1)
        ]
        allowed = [*self.grammar.expected, *ids]
        yield from self._told_of(("expect",), expect)
        for name, each in expect.items():
            if name in self.grammar.expected:
                continue
            if name not in ids:
                yield _unknown(("expect", name), "story_expect_unknown", name, allowed)
            yield from self._told_of(("expect", name), _table(each))

    def _told_of(self, path: KeyPath, expected: Mapping[str, Any]) -> Findings:
        for key in ("positions", "heard", "not_heard", "owed"):
            for name in _table(expected.get(key)):
                if name not in self.names:
                    yield _unknown((*path, key, name), "story_nobody", name, self.names)
        yield from self._ids_told(path, expected)

    def _ids_told(self, path: KeyPath, expected: Mapping[str, Any]) -> Findings:
        """Ids are written as the program has them: of one that is not known nothing can be expected."""
        for key, allowed in self.grammar.expected_ids.items():
            given = expected.get(key)
            written: list[tuple[KeyPath, Any]] = [((), given)]
            if key == "counts":
                counts = _table(given).items()
                written = [((name,), name) for name, _ in counts if name not in self.listed]
                written += [((name, each), each) for name, of in counts for each in _table(of)]
            elif isinstance(given, dict):
                written = [((name,), each) for name, each in given.items()]
            for where, id_ in written:
                if isinstance(id_, str) and id_ not in allowed:
                    values = {"found": id_, "allowed": ", ".join(sorted(allowed))}
                    yield Finding((*path, key, *where), "unknown_id", values, id_)


def _people(tree: Mapping[str, Any], within: KeyPath) -> list[tuple[KeyPath, str]]:
    """Everybody of a committee, after the table that names him."""
    return [
        ((*within, key, at), name)
        for key in PEOPLE
        for at, each in enumerate(tables_of(tree, key))
        if isinstance(name := each.get("name"), str)
    ]


def _unknown(path: KeyPath, kind: str, name: str, allowed: Collection[object]) -> Finding:
    known = ", ".join(str(each) for each in allowed if each is not None)
    return Finding(path, kind, {"name": name, "allowed": known or "–"}, name)


def _list(given: object) -> Iterator[Any]:
    return iter(given if isinstance(given, list) else ())


def _table(given: object) -> Mapping[str, Any]:
    return given if isinstance(given, dict) else {}
