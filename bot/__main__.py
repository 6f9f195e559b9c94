"""The command line: one command for each thing a person asks of the program. No rule lives here."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_PATH = click.Path(path_type=Path)


class ListsVerbs(click.Command):
    """A command whose help ends with every verb and its keys, as the story's own table has them."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's form
        """Write the list; a key with ? may be left out."""
        from simulator.story import VERBS

        with formatter.section("What a step `does`, with its keys (? may be left out)"):
            formatter.write_dl(
                [
                    (verb, " ".join([*sorted(needed), *(f"{key}?" for key in sorted(may))]) or "-")
                    for verb, (needed, may) in VERBS.items()
                ]
            )
        formatter.write_paragraph()
        formatter.write_text("The form of a story and every verb: docs/stories.md")


@click.group()
def main() -> None:
    """Consultations, meetings and reports of a committee, under its own working regulation."""


@main.command()
@click.option(
    "--from", "plan", type=_PATH, help="A TOML file that describes the committee: asked once."
)
@click.option("--settings", type=_PATH, help="Another settings file than dongthuan.toml.")
@click.option("--sheet", type=_PATH, help="Where the sheet of QR codes goes (loi-moi.html).")
@click.option("--bot", help="The bot's name on Telegram, for the links of the invitations.")
@click.option(
    "--sample", type=_PATH, help="Write a sample description and roster into this folder."
)
@click.option("--yes", is_flag=True, help="Found without the last question, for scripts.")
def init(
    plan: Path | None,
    settings: Path | None,
    sheet: Path | None,
    bot: str | None,
    sample: Path | None,
    yes: bool,
) -> None:
    """Found a committee: asks step by step, or reads everything from a file.

    Shows everybody with their offices, and what the roster leaves open, before anything is written.
    Prints an invitation link for everybody and writes a sheet of QR codes to be printed.
    Exits with 1 when something is wrong; then nothing was changed.
    """
    from bot.commands.init import Wanted
    from bot.commands.init import init as carry_out

    sys.exit(carry_out(Wanted(plan, settings, sheet, bot, sample, yes)))


@main.command()
@click.option("--settings", type=_PATH, help="Another settings file than dongthuan.toml.")
def run(settings: Path | None) -> None:
    """Run the bot until Ctrl-C or SIGTERM; killed at any moment, it goes on where it was.

    Needs a token from BotFather and a committee (dongthuan init). Exits with 1 when it cannot begin.
    """
    from bot.commands.run import run as carry_out

    sys.exit(carry_out(settings))


@main.command()
@click.option("--settings", type=_PATH, help="Another settings file than dongthuan.toml.")
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="NUMBER:DIGEST",
    help="A head given out earlier, which must still stand; may be repeated.",
)
def verify(settings: Path | None, heads: tuple[str, ...]) -> None:
    """Recompute every register, stored result and frozen paper; print the heads.

    May be asked while the bot runs. Exits with 1 when anything does not hold.
    """
    from bot.commands.verify import verify as carry_out

    sys.exit(carry_out(settings, heads))


@main.command()
@click.argument("target", metavar="FILE", type=_PATH)
@click.option("--settings", type=_PATH, help="Another settings file than dongthuan.toml.")
def backup(target: Path, settings: Path | None) -> None:
    """Copy the database into FILE while the bot runs; a file that stands is never replaced."""
    from bot.commands.backup import backup as carry_out

    sys.exit(carry_out(settings, target))


@main.command()
@click.option("--settings", type=_PATH, help="Another settings file than dongthuan.toml.")
def status(settings: Path | None) -> None:
    """Say how long ago the bot heard Telegram, and what waits.

    Exits with 1 when it has heard nothing for two minutes: fit for a watchdog.
    """
    from bot.commands.status import status as carry_out

    sys.exit(carry_out(settings))


@main.group(invoke_without_command=True)
@click.option("--settings", type=_PATH, help="Another settings file than dongthuan.toml.")
@click.option("--bot", help="The bot's name on Telegram, for the link of an invitation.")
@click.pass_context
def people(context: click.Context, settings: Path | None, bot: str | None) -> None:
    """List what waits for a second person, and who has not joined; or do what only this machine can.

    To confirm or to invite, stop the bot first. Exits with 1 when nothing was done.
    """
    from bot.commands import people as commands

    context.obj = (settings, bot)
    if context.invoked_subcommand is None:
        sys.exit(commands.show(settings))


@people.command("confirm")
@click.argument("number", type=int)
@click.pass_obj
def people_confirm(given: tuple[Path | None, str | None], number: int) -> None:
    """Confirm request NUMBER, where nobody who could has joined; everybody is told."""
    from bot.commands import people as commands

    sys.exit(commands.confirm(given[0], number, given[1]))


@people.command("invite")
@click.argument("number", type=int)
@click.pass_obj
def people_invite(given: tuple[Path | None, str | None], number: int) -> None:
    """Issue an invitation for person NUMBER, who has not joined; everybody is told."""
    from bot.commands import people as commands

    sys.exit(commands.invite(given[0], number, given[1]))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check regulation FILES: what is wrong with each and where, or what it says.

    Exits with 1 if any file has faults.
    """
    from bot.commands.check import check as report

    text, code = report(files)
    click.echo(text)
    sys.exit(code)


@main.command(cls=ListsVerbs)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line for each matter, meeting, vote."
)
@click.option("--transcript", is_flag=True, help="Every chat as a person would read it.")
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    default=None,
    help="Keep the database that one story played as this file, which must not be there yet.",
)
def rehearse(
    files: tuple[Path, ...], as_json: bool, transcript: bool, database: Path | None
) -> None:
    """Play story FILES through the real bot on a clock that is moved.

    Exits with 0 when what each story expects holds, with 1 when something differs (it is printed),
    with 2 when a file is wrong (where and why is printed).
    """
    from simulator import comparison

    if database is not None and len(files) > 1:
        raise click.UsageError("--database keeps what one story played: name one FILE.")
    if database is not None and database.exists():
        raise click.UsageError(f"--database: {database} is there already, and nothing is replaced.")
    code = comparison.rehearse(
        files, click.echo, as_json=as_json, with_transcript=transcript, database=database
    )
    sys.exit(code)


@main.command()
@click.option(
    "--regulation",
    type=click.Choice(["quang_ngai", "bac_kan", "cap_huyen", "hai_duong", "tra_vinh"]),
    default="quang_ngai",
    show_default=True,
    help="Whose rules the invented committee follows.",
)
@click.option(
    "--tale",
    type=click.Choice(["consultation", "meeting", "reports"]),
    default="consultation",
    show_default=True,
    help="What is shown: a written consultation, a meeting, a year of reports.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="Where the page of phones answers on this machine; a free port if this one is taken.",
)
@click.option("--play", is_flag=True, help="Play it as a transcript here, without a browser.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0),
    default=None,
    help="Messages a second with --play; 0 does not pause. [default: 12 on a terminal, else 0]",
)
def demo(regulation: str, tale: str, port: int, play: bool, speed: float | None) -> None:
    """Show an invented committee at work: the real bot, a page of phones, a clock to move.

    Needs neither Telegram nor a token, keeps nothing, and ends with Ctrl-C.
    """
    from simulator import demo as show
    from simulator import transcript
    from simulator.demos import NotToldError, Tale

    if speed is not None and not play:
        raise click.UsageError("--speed goes with --play: the page has a clock of its own.")
    try:
        if play:
            pause = (12.0 if sys.stdout.isatty() else 0.0) if speed is None else speed
            transcript.play(regulation, Tale(tale), click.echo, pause)
        else:
            show.demonstrate(regulation, Tale(tale), port, click.echo)
    except NotToldError as refusal:
        raise click.UsageError(str(refusal)) from refusal


if __name__ == "__main__":
    main()
