"""How the house writes its log: one line per event, no token, no name, no opinion.

What is worth a line is decided where it happens.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog
from structlog.types import EventDict, Processor

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{15,}")
_QUIET = ("aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "httpcore", "httpx")
_MUTE = ("telegram.request.BaseRequest",)  # it writes the whole answer, people's names included


def set_up(
    *,
    level: str = "INFO",
    as_json: bool = False,
    secrets: Iterable[str] = (),
    to: TextIO = sys.stderr,
) -> None:
    """Write every logger's lines to `to`, at `level` and above. Tokens and `secrets` never appear."""
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _plain()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _Redaction(secrets),
    ]
    handler = logging.StreamHandler(to)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_without_values, _without_traceback, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_traceback,
                last,
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("telegram", *_QUIET):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _MUTE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


@contextmanager
def silent_end() -> Iterator[None]:
    """What nobody catches within the block is told by its kind and place, and ends the program with code 1.

    Python itself would print its words: those of an error of the program, of a thread, of what is cleaned up.
    """
    log = structlog.get_logger(__name__)

    def of_a_thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            log.error("thread failed", **whereabouts(found.exc_value))

    def of_what_is_left(found: sys.UnraisableHookArgs) -> None:
        if found.exc_value is not None:
            log.error("not cleaned up", **whereabouts(found.exc_value))

    before = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = of_a_thread, of_what_is_left
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the outermost of all
        log.critical("ended by an error", **whereabouts(error))
        raise SystemExit(1) from None
    finally:
        threading.excepthook, sys.unraisablehook = before


def whereabouts(error: BaseException) -> dict[str, object]:
    """What may be logged of an error: its kind and the lines it came through, never its words."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return {
        "error": type(error).__name__,
        "cause": type(error.__cause__).__name__ if error.__cause__ else None,
        "at": [f"{_tail(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _tail(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").rsplit("/", 2)[-2:])


def _plain() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=False, sort_keys=False)


class _Redaction:
    """Puts "<token>" wherever a bot token or a named secret would stand."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = "|".join(re.escape(secret) for secret in secrets if secret)
        self._pattern = re.compile(f"{known}|{_TOKEN.pattern}" if known else _TOKEN.pattern)

    def __call__(self, logger: object, method: str, event: EventDict) -> EventDict:  # noqa: ARG002
        return {name: self._clean(value) for name, value in event.items()}

    def _clean(self, value: object) -> object:
        if isinstance(value, str):
            return self._pattern.sub("<token>", value)
        if isinstance(value, list | tuple):
            return [self._clean(each) for each in value]
        return value


def _without_values(logger: object, method: str, event: EventDict) -> EventDict:  # noqa: ARG001
    """The loop describes a task or callback that failed with all that it was given: of its words none is kept."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and record.name == "asyncio":
        event["event"] = "failed in the loop" if record.exc_info else "told by the loop"
    return event


def _without_traceback(logger: object, method: str, event: EventDict) -> EventDict:  # noqa: ARG001
    """An error's own words may quote what a person wrote: only its kind is kept."""
    raised = event.pop("exc_info", None) or getattr(event.get("_record"), "exc_info", None)
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        event.update(whereabouts(error))
    return event
