"""The command line in the language of one run: its commands in words, and click's own words. No command is here."""

from __future__ import annotations

import gettext
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any

import click

from bot.places import templates_dir
from bot.values.language import Language
from bot.words import words_of

VARIABLE = "DONGTHUAN_LANG"
"""The environment variable that chooses the language where `--lang` does not; no setting, so that help reads none."""
CLICK = "click"
"""The catalogue of click's own words: templates/cli/<language>/LC_MESSAGES/click.mo, made of click.toml."""


def language_of(args: Sequence[str], environment: Mapping[str, str]) -> Language:
    """What `--lang` says wherever it stands, else the environment, else Vietnamese.

    It is looked up before anything is parsed, for what is wrong with the rest is told in it; a word
    that names no language is passed over here, and refused by the option itself.
    """
    pairs = zip(args, [*args[1:], ""], strict=False)
    named = [
        word.removeprefix("--lang=") if word.startswith("--lang=") else after
        for word, after in pairs
        if word == "--lang" or word.startswith("--lang=")
    ]
    chosen = [environment.get(VARIABLE, ""), *named]
    known = [Language(each.lower()) for each in chosen if each.lower() in set(Language)]
    return known[-1] if known else Language.VIETNAMESE


def language_in(ctx: click.Context) -> Language:
    """The language that the run hands down."""
    language = ctx.find_object(Language)
    return Language.VIETNAMESE if language is None else language


class Command(click.Command):
    """A command without words; `spoken` gives it with them. It takes `--lang`, too, wherever it is written."""

    path = ""
    """Its name with those above it, under which its words stand in help.toml."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params.append(_lang(hidden=True))


class Group(Command, click.Group):
    """Commands of which each is put into words when it is asked for; what it hands down is the language."""

    command_class = Command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, in the language of the run."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            return None
        return spoken(found, language_in(ctx), f"{self.path} {cmd_name}")


class CommandLine(Group):
    """The whole command line: it chooses the language once, and speaks no other until it ends."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params = [_lang(envvar=VARIABLE, show_envvar=True)]

    def main(self, args: Sequence[str] | None = None, *others: Any, **extra: Any) -> Any:
        """Carry out what was typed, in one language."""
        typed = list(sys.argv[1:] if args is None else args)
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A file's name may have bytes that are no text, and is told nevertheless.
            sys.stdout.reconfigure(errors="backslashreplace")
        language = language_of(typed, os.environ)
        told = spoken(self, language, "dongthuan")
        with _click_speaks(language):
            return click.Group.main(told, typed, *others, obj=language, **extra)


def spoken(command: click.Command, language: Language, path: str) -> click.Command:
    """The command with its words in a language; raises KeyError where it has none."""
    table = words_of(language, "help")
    words = table[path.strip()]
    told = copy(command)
    told.help, told.short_help = words["help"], words.get("short")
    told.options_metavar = table["options"]
    if isinstance(told, Command):
        told.path = path.removeprefix("dongthuan")
    if isinstance(told, click.Group):
        told.subcommand_metavar = table["commands"]
    told.params = [_param(each, {**table["common"], **words}) for each in command.params]
    return told


def _param(param: click.Parameter, words: Mapping[str, Any]) -> click.Parameter:
    told = copy(param)
    told.metavar = words.get(f"{param.name}_is", param.metavar)
    if isinstance(told, click.Option):
        told.help = words[str(param.name)]
    return told


def _lang(**attributes: Any) -> click.Option:
    known = click.Choice([each.value for each in Language], case_sensitive=False)
    return click.Option(["--lang"], type=known, expose_value=False, **attributes)


@contextmanager
def _click_speaks(language: Language) -> Iterator[None]:
    """Click's own words, which it takes from gettext; the language of the machine has no say meanwhile."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(CLICK, str(templates_dir() / "cli"))
    gettext.textdomain(CLICK)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
