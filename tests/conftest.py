"""What any test may ask for: how examples are drawn, where files lie, and a browser; nothing of a committee."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.async_api import Browser, async_playwright

from tests import postgres
from tests.processor_time import ProcessorTime

pytest_plugins = ("tests.rounds",)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # Chromium run by root has no sandbox; it opens only pages of ours
)

# Time is moved, so an example has no deadline; in CI the same examples are drawn every time.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile, each its owner's own
ROOM = 2 * 1024**3
"""Bytes that must be free there: some small machines give it less."""


def pytest_configure(config: pytest.Config) -> None:
    """Collect without searching for garbage, and let files lie in memory where there is room.

    No test cuts the power: a process that is killed leaves there what it leaves on a disk. A folder
    named in TMPDIR is kept to.
    """
    config.pluginmanager.register(ProcessorTime())
    gc.disable()
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a command keeps in its user's home lies in a folder of the tests."""
    with pytest.MonkeyPatch.context() as home:
        home.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


def pytest_collection_finish() -> None:
    """What collecting made stays to the end: no search for garbage need go through it again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the path of a Chromium. Without one the test is skipped, but in CI it fails."""
    named = os.environ.get("DONGTHUAN_CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if found is None:
        reason = "no Chromium was found: install chromium, or name one in DONGTHUAN_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(found)


@pytest.fixture
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """Give a headless browser of this test's own; pages are opened with `browser.new_page()`."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield opened
        await opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """Give a PostgreSQL of these tests' own. Where there is none the test is skipped, but in CI it fails."""
    programs = postgres.binaries()
    if programs is None:
        reason = "no PostgreSQL was found: install postgresql, or have its initdb in PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres.running(programs) as started:
        yield started


@pytest.fixture
def server_database(server: postgres.Server) -> str:
    """Give the address of an empty database of it, of this test's own."""
    return server.fresh()
