"""`dongthuan init` asked step by step in the terminal. What is founded is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from bot.commands.founding_file import Plan, regulation_faults, regulation_file, roster_from
from bot.commands.init_words import InitFault, ask, bot_name, noticed, of_founding, says_yes, told
from bot.issuing.rules.fields import given
from bot.issuing.rules.letterhead import Paper, abbreviation, names_of, profile_of, symbol_of
from bot.kit.assumptions import alternatives, assumption, meant
from bot.named_files import text_of
from bot.people.roster_files import Remark, Roster, read_roster
from bot.people.rules.founding import Founding, as_persons, faults_of
from bot.people.rules.people import members_of
from bot.places import models_dir, regulations_dir
from bot.regulations.copying import own_copy
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import load, parse
from bot.regulations.rules.regulation import Body, Regulation, Setting
from bot.rendering import Terminal
from bot.typesetting.profile import profile
from bot.values.limits import COMMITTEE_NAME_LIMIT
from bot.values.refusal import Refusal
from bot.values.texts import clean_line


def asked(say: Terminal) -> Plan:
    """Everything a committee is founded from, asked one by one; a faulty answer is asked again."""
    _section(say, "init_welcome")
    file, regulation = _regulation(say)
    name = _name(say)
    text = text_of(file)
    copied = regulation.model
    if copied:
        text = own_copy(text, name)
        regulation = parse(text, file.name)
    settings, confirmed = _settings(say, file.name, text, regulation)
    founding = Founding(
        name=name,
        regulation_name=file.name,
        regulation_text=text,
        people=(),
        settings=settings,
        confirmed=confirmed,
    )
    return _with_people(say, founding, regulation, copied=copied)


def asked_bot(say: Terminal) -> str:
    """The name of the bot, for the links of the invitations."""
    while True:
        named = _line(ask(say, "bot"))
        if bot_name(named):
            return named
        show_faults(say, [InitFault("", "bot_form", {"found": named})])


def wants_first(say: Terminal) -> bool:
    """Whether the rule book shall be rehearsed before anything is founded."""
    return _agrees(say, ask(say, "first"), ask(say, "no"))


def sure(say: Terminal, remarks: Sequence[Remark]) -> bool:
    """Whether the committee shall be founded as it was shown, and nobody stands twice in its roster."""
    several = (remark for remark in remarks if remark.asks)
    if not all(
        _agrees(say, ask(say, "several", what=noticed(say, remark)), ask(say, "no"))
        for remark in several
    ):
        click.echo(ask(say, "not_several"), err=True)
        return False
    return _agrees(say, ask(say, "sure"), ask(say, "yes"))


def _agrees(say: Terminal, question: str, usual: str) -> bool:
    return says_yes(say, click.prompt(question, default=usual, show_default=False))


def show_faults(say: Terminal, faults: Sequence[InitFault]) -> None:
    """Every fault: where, what, what was expected."""
    words = [told(say, fault) for fault in faults]
    click.echo(say.terminal("init_faults", faults=words), err=True)


def _section(say: Terminal, template: str, **view: object) -> None:
    click.echo()
    click.echo(say.terminal(template, **view))


def _line(question: str) -> str:
    answer: str = click.prompt(question)
    return " ".join(answer.split())


def _name(say: Terminal) -> str:
    while True:
        name = clean_line(_line(ask(say, "name")), COMMITTEE_NAME_LIMIT)
        if isinstance(name, str):
            return name
        show_faults(say, [InitFault("", f"name_{name.kind}", {"limit": name.limit})])


def _regulation(say: Terminal) -> tuple[Path, Regulation]:
    shipped = sorted(regulations_dir().glob("*.toml"))
    models = sorted(models_dir().glob("*.toml"))
    _section(say, "init_regulations", regulations=_read(shipped), models=_read(models))
    files = [*shipped, *models]
    while True:
        answer = _line(ask(say, "regulation"))
        place = int(answer) - 1 if answer.isdecimal() else -1
        file = files[place] if 0 <= place < len(files) else regulation_file(answer, Path())
        try:
            regulation = load(file)
        except RegulationFaults as wrong:
            show_faults(say, regulation_faults(wrong))
            continue
        if regulation.model:
            click.echo(say.terminal("init_model", regulation=regulation))
        _section(say.under(regulation.vocabulary), "init_bodies", regulation=regulation)
        return file, regulation


def _read(files: Sequence[Path]) -> list[Regulation]:
    return [load(file) for file in files]


def _settings(
    say: Terminal, name: str, text: str, regulation: Regulation
) -> tuple[dict[str, object], frozenset[str]]:
    """Assumptions confirmed one by one, blanks filled; another value must fit the regulation."""
    chosen: dict[str, object] = {}
    confirmed: set[str] = set()
    for number, setting in enumerate(regulation.settings, 1):
        total = len(regulation.settings)
        in_words = assumption(say, setting)
        _section(say, "init_setting", setting=in_words, number=number, total=total)
        value = _setting(say, text, name, setting, chosen)
        if value is None:
            confirmed.add(setting.name)
        else:
            chosen[setting.name] = value
    return chosen, frozenset(confirmed)


def _setting(
    say: Terminal, text: str, name: str, setting: Setting, chosen: dict[str, object]
) -> object | None:
    """Another value for a setting; None when the given one is confirmed."""
    several = alternatives(setting.value)
    shown = say.setting_value(setting.value, setting.name)
    kind = "blank" if setting.blank else "one_of" if several else "assumption"
    while True:
        answer = _answer(say, ask(say, kind, value=shown), needed=setting.blank)
        if not answer:
            return None
        value = _picked(say, setting, answer)
        if value == setting.value and not setting.blank:
            return None
        try:
            parse(text, name, {**chosen, setting.name: value})
        except RegulationFaults as wrong:
            show_faults(say, regulation_faults(wrong))
            continue
        return value


def _answer(say: Terminal, question: str, *, needed: bool) -> str:
    """A blank of the text is filled by a value that is typed; an assumption by Enter too."""
    if needed:
        return str(click.prompt(question)).strip()
    answer: str = click.prompt(question, default="", show_default=False)
    return "" if says_yes(say, answer) else answer.strip()


def _picked(say: Terminal, setting: Setting, answer: str) -> object:
    """One of several by its number; else what is typed means."""
    for number, value in enumerate(alternatives(setting.value), 1):
        if answer == str(number):
            return value
    return meant(say, setting, answer)


def _with_people(
    say: Terminal, founding: Founding, regulation: Regulation, *, copied: bool
) -> Plan:
    """What is founded, with a roster that makes a committee."""
    _section(say, "init_roster", regulation=regulation)
    while True:
        file = Path(_line(ask(say, "roster")).strip("\"'")).expanduser()
        read, source = roster_from(str(file), read_roster(file, regulation))
        if not isinstance(read, Roster):
            show_faults(say, read)
            continue
        complete = replace(founding, people=read.people)
        faults = of_founding(say, faults_of(complete, regulation), str(file))
        if not faults:
            whole = replace(complete, papers=_papers(say, complete, regulation))
            return Plan(whole, roster=source, copied=copied)
        show_faults(say, faults)


def _papers(
    say: Terminal, founding: Founding, regulation: Regulation
) -> Mapping[str, Mapping[str, object]]:
    """How each body that has members heads its papers; what is left as it is need not be kept."""
    persons = as_persons(founding.people)
    seated = [body for body in regulation.bodies if members_of(persons, body.id)]
    _section(say, "init_papers", bodies=seated)
    place = _heading(say, "papers_place", "place", "", "")
    found = {body.id: {**place, **_head(say, founding.name, body)} for body in seated}
    return {body: values for body, values in found.items() if values}


def _head(say: Terminal, committee: str, body: Body) -> dict[str, object]:
    superior, issuer = names_of(committee, body)
    above = _heading(say, "papers_superior", "superior", body.name, superior)
    named = _heading(say, "papers_issuer", "issuer", body.name, issuer)
    usual = abbreviation(str(named.get("issuer", issuer)))
    return {**above, **named, **_symbols(say, body, usual)}


def _symbols(say: Terminal, body: Body, usual: str) -> dict[str, object]:
    """Other letters for the body make other symbols of every type that bears a number, joined as its layout does."""
    layout = profile_of(body)
    kinds = profile(layout).kinds
    name = f"symbol.{Paper.RESOLUTION}"
    before = symbol_of(kinds[Paper.RESOLUTION].value, "", layout)
    told = _heading(say, "papers_letters", name, body.name, usual, before=before)
    letters = str(told.get(name, "")).removeprefix(before)
    return {
        f"symbol.{p}": symbol_of(kind.value, letters, layout)
        for p, kind in kinds.items()
        if letters
    }


def _heading(
    say: Terminal, question: str, name: str, body: str, usual: str, *, before: str = ""
) -> dict[str, object]:
    """One setting of papers by its name, asked until it can be read; nothing where it stays as it is."""
    shown = usual or ask(say, "papers_nothing")
    while True:
        answer = str(
            click.prompt(ask(say, question, body=body, value=shown), default="", show_default=False)
        )
        words = "" if answer.strip() == "-" else " ".join(answer.split()) or usual
        if words == usual:
            return {}
        if not isinstance(given(name, before + words), Refusal):
            return {name: before + words}
        show_faults(say, [InitFault("", "paper_value", {})])
