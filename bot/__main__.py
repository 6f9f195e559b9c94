"""The command line: one command for each thing a person asks of the program. No rule lives here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from bot.commands import groups
from bot.commands.arguments import NUMBER, PATH, TEXT, YEAR
from bot.commands.speaking import Command, CommandLine, language_in
from bot.values.language import Language
from bot.words import words_of


class ListsVerbs(Command):
    """A command whose help ends with every verb and its keys, as the story's own table has them."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list; a key with ? may be left out."""
        from simulator.story_verbs import VERBS

        words = words_of(language_in(ctx), "help")["verbs"]
        with formatter.section(words["heading"]):
            formatter.write_dl(
                [
                    (verb, " ".join([*sorted(needed), *(f"{key}?" for key in sorted(may))]) or "-")
                    for verb, (needed, may) in VERBS.items()
                ]
            )
        formatter.write_paragraph()
        formatter.write_text(words["where"])


@click.group(cls=CommandLine)
def main() -> None:
    """Consultations, meetings and reports of a committee, under its own working regulation."""


@main.command()
@click.option("--from", "plan", type=PATH)
@click.option("--settings", type=PATH)
@click.option("--sheet", type=PATH)
@click.option("--bot", type=TEXT)
@click.option("--sample", type=PATH)
@click.option("--yes", is_flag=True)
@click.pass_obj
def init(language: Language, /, **given: Any) -> None:
    """Found a committee from answers or from a file."""
    from bot.commands.init import Wanted
    from bot.commands.init import init as carry_out

    sys.exit(carry_out(language, Wanted(**given)))


@main.command()
@click.option("--settings", type=PATH)
@click.pass_obj
def run(language: Language, settings: Path | None) -> None:
    """Run the bot until it is told to stop."""
    from bot.commands.run import run as carry_out

    sys.exit(carry_out(language, settings))


@main.command()
@click.argument("dossier", type=PATH, required=False)
@click.option("--settings", type=PATH)
@click.option("--head", "heads", multiple=True)
@click.pass_obj
def verify(
    language: Language, dossier: Path | None, settings: Path | None, heads: tuple[str, ...]
) -> None:
    """Recompute every register, stored result and frozen paper; or a dossier, by itself."""
    if dossier is not None:
        from bot.commands import dossiers

        sys.exit(dossiers.verify(language, dossier))
    from bot.commands.verify import verify as carry_out

    sys.exit(carry_out(language, settings, heads))


@main.command()
@click.option("--matter", type=NUMBER)
@click.option("--meeting", type=NUMBER)
@click.option("--year", type=YEAR)
@click.option("--committee", type=TEXT)
@click.option("--to", "target", type=PATH, required=True)
@click.option("--settings", type=PATH)
@click.pass_obj
def dossier(language: Language, /, settings: Path | None, **given: Any) -> None:
    """Write a dossier that proves itself: of a matter, a meeting, a year, or all."""
    from bot.commands import dossiers

    sys.exit(dossiers.write(language, settings, dossiers.Wanted(**given)))


@main.command()
@click.argument("target", type=PATH)
@click.option("--settings", type=PATH)
@click.pass_obj
def backup(language: Language, target: Path, settings: Path | None) -> None:
    """Copy the database into a file while the bot runs."""
    from bot.commands.backup import backup as carry_out

    sys.exit(carry_out(language, settings, target))


@main.command("backup-key")
@click.argument("target", type=PATH)
@click.pass_obj
def backup_key(language: Language, target: Path) -> None:
    """Make the pair of keys to which backups are sealed."""
    from bot.commands.backup import make_key

    sys.exit(make_key(language, target))


@main.command()
@click.argument("backup", type=PATH)
@click.option("--to", type=PATH)
@click.option("--identity", type=PATH)
@click.option("--head", "heads", multiple=True)
@click.option("--despite-breaks", is_flag=True)
@click.option("--loaded", is_flag=True)
@click.option("--settings", type=PATH)
@click.pass_obj
def restore(language: Language, /, settings: Path | None, **given: Any) -> None:
    """Bring a backup back as the database."""
    from bot.commands.restore import Wanted
    from bot.commands.restore import restore as carry_out

    sys.exit(carry_out(language, settings, Wanted(**given)))


@main.command()
@click.option("--settings", type=PATH)
@click.pass_obj
def status(language: Language, settings: Path | None) -> None:
    """Say how long ago the bot heard Telegram, and what waits."""
    from bot.commands.status import status as carry_out

    sys.exit(carry_out(language, settings))


@main.command()
@click.pass_obj
def retention(language: Language) -> None:
    """Say what is kept how long."""
    from bot.commands.retention import show

    sys.exit(show(language))


@main.command()
@click.argument("committee", type=TEXT, default="")
@click.option("--from", "since", type=TEXT, required=True)
@click.option("--decision", type=TEXT, required=True)
@click.option("--successor", type=TEXT, default="")
@click.option("--clerk", type=TEXT, default="")
@click.option("--settings", type=PATH)
@click.pass_obj
def close(language: Language, /, settings: Path | None, **given: Any) -> None:
    """End a committee from a day on."""
    from bot.commands.close import close as carry_out

    sys.exit(carry_out(language, settings, **given))


@main.command("call-off")
@click.argument("committee", type=TEXT, default="")
@click.option("--from", "since", type=TEXT, required=True)
@click.option("--decision", type=TEXT, required=True)
@click.option("--request", "of", type=NUMBER)
@click.option("--clerk", type=TEXT, default="")
@click.option("--settings", type=PATH)
@click.pass_obj
def call_off(language: Language, /, settings: Path | None, **given: Any) -> None:
    """Call off what is confirmed for a day to come."""
    from bot.commands.call_off import call_off as carry_out

    sys.exit(carry_out(language, settings, **given))


@main.command()
@click.argument("committee", type=TEXT, default="")
@click.option("--file", type=PATH)
@click.option("--set", "values", type=TEXT, multiple=True)
@click.option("--from", "since", type=TEXT, required=True)
@click.option("--decision", type=TEXT, required=True)
@click.option("--clerk", type=TEXT, default="")
@click.option("--settings", type=PATH)
@click.pass_obj
def amend(
    language: Language,
    /,
    settings: Path | None,
    file: Path | None,
    values: tuple[str, ...],
    **given: Any,
) -> None:
    """Amend a rule book, or a setting, from a day on."""
    from bot.commands.amend import amend as carry_out

    sys.exit(carry_out(language, settings, file, values, **given))


@main.command()
@click.argument("committee", type=TEXT, default="")
@click.option("--file", type=PATH)
@click.option("--term", is_flag=True)
@click.option("--same", type=TEXT, multiple=True)
@click.option("--from", "since", type=TEXT, required=True)
@click.option("--decision", type=TEXT, required=True)
@click.option("--clerk", type=TEXT, default="")
@click.option("--settings", type=PATH)
@click.pass_obj
def roster(
    language: Language,
    /,
    settings: Path | None,
    file: Path | None,
    same: tuple[str, ...],
    **given: Any,
) -> None:
    """Take another roster, or begin a term, from a day on."""
    from bot.commands.roster import roster as carry_out

    sys.exit(carry_out(language, settings, file, same, **given))


@main.command()
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.pass_obj
def check(language: Language, files: tuple[Path, ...]) -> None:
    """Check regulation files."""
    from bot.commands.check import check as report

    text, code = report(language, files)
    click.echo(text)
    sys.exit(code)


@main.command(cls=ListsVerbs)
@click.argument("files", nargs=-1, type=PATH)
@click.option("--first", type=PATH)
@click.option("--to", "folder", type=PATH)
@click.option("--json", "as_json", is_flag=True)
@click.option("--transcript", is_flag=True)
@click.option("--database", type=PATH)
@click.option("--papers", type=PATH)
@click.pass_obj
def rehearse(
    language: Language,
    *,
    files: tuple[Path, ...],
    first: Path | None,
    folder: Path | None,
    as_json: bool,
    transcript: bool,
    database: Path | None,
    papers: Path | None,
) -> None:
    """Play stories through the real bot on a clock that is moved."""
    from simulator import comparison

    words = words_of(language, "rehearsal")["faults"]
    if (first is None) == (not files):
        raise click.UsageError(words["files_or_first"])
    if folder is not None and first is None:
        raise click.UsageError(words["to_without_first"])
    if first is not None:
        from bot.commands.first import first as played

        sys.exit(played(language, first, folder, with_transcript=transcript))
    if database is not None and len(files) > 1:
        raise click.UsageError(words["database_of_several"])
    if database is not None and database.exists():
        raise click.UsageError(words["database_there"].format(database=database))
    code = comparison.rehearse(
        language,
        files,
        click.echo,
        as_json=as_json,
        with_transcript=transcript,
        database=database,
        papers=papers,
    )
    sys.exit(code)


@main.command()
@click.option("--matter", type=NUMBER)
@click.option("--meeting", type=NUMBER)
@click.option("--year", type=YEAR)
@click.option("--committee", type=TEXT)
@click.option("--to", "folder", type=PATH, required=True)
@click.option("--settings", type=PATH)
@click.pass_obj
def export(
    language: Language,
    *,
    matter: int | None,
    meeting: int | None,
    year: int | None,
    committee: str | None,
    folder: Path,
    settings: Path | None,
) -> None:
    """Write the papers of a matter, a meeting or a year into a folder."""
    from bot.commands import papers as commands

    wanted = commands.Wanted(matter, meeting, year)
    sys.exit(commands.export(language, settings, wanted, committee, folder))


@main.command()
@click.option(
    "--regulation",
    type=click.Choice(["quang_ngai", "bac_kan", "cap_huyen", "hai_duong", "tra_vinh"]),
    default="quang_ngai",
    show_default=True,
)
@click.option(
    "--tale",
    type=click.Choice(["consultation", "meeting", "reports", "years"]),
    default="consultation",
    show_default=True,
)
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True)
@click.option("--play", is_flag=True)
@click.option("--speed", type=click.FloatRange(min=0), default=None)
@click.pass_obj
def demo(
    language: Language, regulation: str, tale: str, port: int, play: bool, speed: float | None
) -> None:
    """Show an invented committee at work."""
    from simulator import demo as show
    from simulator import transcript
    from simulator.demos import NotToldError, Tale

    words = words_of(language, "demo")["faults"]
    if speed is not None and not play:
        raise click.UsageError(words["speed_without_play"])
    try:
        if play:
            pause = (12.0 if sys.stdout.isatty() else 0.0) if speed is None else speed
            transcript.play(language, regulation, Tale(tale), click.echo, pause)
        else:
            show.demonstrate(language, regulation, Tale(tale), port, click.echo)
    except NotToldError as refusal:
        raise click.UsageError(words["not_told"].format_map(refusal.values)) from refusal


for group in (groups.people, groups.set_aside, groups.unsent, groups.papers):
    main.add_command(group)

if __name__ == "__main__":
    main()
