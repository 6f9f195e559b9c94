"""What lies aside until whoever runs the machine says what becomes of it: listed, disposed of by ids, given up.

What it is, and what is then done with it, is not known here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import click

from bot.commands.alone import alone
from bot.commands.beside import beside_a_running_bot
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.db.faults import StoreFault
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Terminal, shared_terminal
from bot.settings import Settings
from bot.values.language import Language
from bot.values.unknown_ids import UnknownIdsError

Id = TypeVar("Id", str, int)
Id_co = TypeVar("Id_co", str, int, covariant=True)


class Entry(Protocol[Id_co]):
    """One thing of a list, called by its id."""

    @property
    def id(self) -> Id_co:
        """What is typed to mean it."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Id]):
    """What was typed: ids, or everything there is."""

    ids: tuple[Id, ...]
    everything: bool


@dataclass(frozen=True, slots=True)
class LyingAside(Generic[Id]):
    """One kind of such things. `words` names the template that lists them; with "_done" what has become of some."""

    words: str
    listed: Callable[[UnitOfWork], Awaitable[Sequence[Entry[Id]]]]

    def show(self, language: Language, path: Path | None) -> int:
        """List it; may be asked while the bot runs."""
        return DONE if self._listed(shared_terminal(language), path, None) else NOT_DONE

    def dispose(
        self,
        language: Language,
        path: Path | None,
        wanted: Wanted[Id],
        done: str,
        act: Callable[[UnitOfWork, Sequence[Id]], Awaitable[None]],
    ) -> int:
        """Have `act` done with what is meant, all of it or nothing; `done` names what is then said."""
        say = shared_terminal(language)
        settings = settings_or_told(say, path)
        if settings is None:
            return NOT_DONE
        if not wanted.ids and not wanted.everything:
            return self._told(say, "which")

        async def carry_out(work: UnitOfWork) -> tuple[Id, ...]:
            """Gives the ids that were meant."""
            ids = wanted.ids
            if wanted.everything:
                ids = tuple(each.id for each in await self.listed(work))
            await act(work, ids)
            return ids

        try:
            ids = alone(settings, carry_out)
        except StoreFault as fault:
            tell_store_fault(say, fault)
            return NOT_DONE
        except UnknownIdsError as unknown:
            return self._told(say, "unknown", unknown.ids)
        click.echo(say.terminal(f"{self.words}_done", kind=done, ids=ids))
        return DONE

    def unsure(self, language: Language, path: Path | None, wanted: Wanted[Id]) -> int:
        """Show what would be lost for ever; nothing is done, and the exit code is 1."""
        say = shared_terminal(language)
        return self._told(say, "unsure") if self._listed(say, path, wanted) else NOT_DONE

    def _listed(self, say: Terminal, path: Path | None, wanted: Wanted[Id] | None) -> bool:
        """List all of it, or what is meant; False once it has been told why it cannot be."""
        settings = settings_or_told(say, path)
        seen = self._seen(say, settings)
        if seen is None:
            return False
        found, own = seen
        meant = [
            each for each in found if wanted is None or wanted.everything or each.id in wanted.ids
        ]
        click.echo(own.terminal(self.words, found=meant))
        return True

    def _seen(
        self, say: Terminal, settings: Settings | None
    ) -> tuple[Sequence[Entry[Id]], Terminal] | None:
        """What lies aside, and the terminal that tells it in the words of the committees."""

        async def look(context: Context) -> tuple[Sequence[Entry[Id]], Terminal]:
            async with context.look() as work:
                return await self.listed(work), say.under(work.say.vocabulary)

        return beside_a_running_bot(say, settings, look)

    def _told(self, say: Terminal, kind: str, ids: Sequence[object] = ()) -> int:
        click.echo(say.terminal(f"{self.words}_done", kind=kind, ids=ids), err=True)
        return NOT_DONE
