"""Processes to be killed, forked from one that has loaded the bot: killing is what is tried, not loading.

That the command itself starts and ends as it should is tried in tests/commands.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import bot.commands.run  # noqa: F401 - loaded before the fork, and not by each
from bot.__main__ import main

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.forked", "tests.faults.house", "tests.faults.trial"])


@contextmanager
def forked(work: Callable[..., None], *arguments: object) -> Iterator[BaseProcess]:
    """A process that does this work while the block lasts; SIGKILL at its end."""
    process = _FORKS.Process(target=work, args=arguments)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def bot_run(folder: Path, environment: Mapping[str, str]) -> None:
    """What `python -m bot run` does in that folder; what it says goes to bot.log there."""
    os.chdir(folder)
    log = os.open("bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.environ.clear()
    os.environ.update(environment)
    main(["run"])


def in_a_process(work: Callable[..., None], *arguments: object) -> None:
    """Have this work done to its end in a process that has loaded the bot, and may itself be forked."""
    process = _FORKS.Process(target=work, args=arguments)
    process.start()
    process.join()
    assert process.exitcode == 0, "what it says stands above"
    process.close()
