"""What the project ships and how it is pinned."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from bot.places import regulations_dir, templates_dir

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "scheduler", "simulator")
ASK_PLACES = "from bot import places; print(places.regulations_dir(), places.templates_dir())"
LOCK_FILES = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked where nothing else of it lies."""
    dist, site = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    return site


def test_an_installed_wheel_finds_its_own_words_and_rule_books(installed: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", ASK_PLACES],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )

    data = installed / "bot" / "_data"
    assert found.stdout.split() == [str(data / "regulations"), str(data / "templates")]


def test_a_wheel_carries_every_file_that_a_checkout_runs_on(installed: Path) -> None:
    moved = {"regulations": "bot/_data/regulations", "templates": "bot/_data/templates"}
    ships = {name: name for name in PACKAGES} | moved
    missing = [
        path
        for name, place in ships.items()
        for path in tracked(name)
        if not (installed / place / path.relative_to(name)).is_file()
    ]

    assert missing == []


def elsewhere(installed: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of the unpacked wheel, given from a folder with nothing of the checkout in it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=False,
        capture_output=True,
        text=True,
    )


def test_an_installed_wheel_checks_the_rule_books_it_carries(installed: Path) -> None:
    books = sorted(str(path) for path in (installed / "bot/_data/regulations").glob("*.toml"))
    assert len(books) == 5

    done = elsewhere(installed, "check", *books)

    assert done.returncode == 0, done.stderr
    assert "Quảng Ngãi" in done.stdout


def test_an_installed_wheel_rehearses_a_story(installed: Path, tmp_path: Path) -> None:
    story = shutil.copy(ROOT / "tests" / "stories" / "qn_roll_of_one.toml", tmp_path)

    done = elsewhere(installed, "rehearse", "--transcript", str(story))

    assert done.returncode == 0, done.stderr
    assert "KẾT QUẢ" in done.stdout


def test_an_installed_wheel_founds_a_committee_and_verifies_it(installed: Path) -> None:
    assert elsewhere(installed, "init", "--sample", "lap").returncode == 0
    founded = elsewhere(installed, "init", "--from", "lap/tap_the.toml", "--yes")
    assert founded.returncode == 0, founded.stderr

    done = elsewhere(installed, "verify")

    assert done.returncode == 0, done.stderr
    assert "mã đối chiếu sổ theo dõi" in done.stdout


def test_what_others_wrote_for_the_page_is_carried_as_it_was_taken_with_its_licence(
    installed: Path,
) -> None:
    place = installed / "simulator" / "static" / "vendored"
    told = tomllib.loads((place / "vendored.toml").read_text(encoding="utf-8"))
    files = {place / each["file"]: each["sha256"] for each in told.values()}

    assert files
    assert {path: sha256(path.read_bytes()).hexdigest() for path in files} == files
    assert {path.name for path in place.iterdir()} == {"vendored.toml", *told}
    assert [name for name in told if not (place / name / "LICENSE").is_file()] == []


def tracked(folder: str) -> list[Path]:
    """The files under a folder that belong to the repository."""
    listed = ["git", "ls-files", "--", folder]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [Path(name) for name in names.splitlines() if (ROOT / name).exists()]


def test_a_checkout_finds_its_own_words_and_rule_books() -> None:
    assert templates_dir() == ROOT / "templates"
    assert regulations_dir() == ROOT / "regulations"


def checked(*locks: Path) -> subprocess.CompletedProcess[str]:
    """What `make check-locks` says of some lock files."""
    check = [sys.executable, str(ROOT / "requirements" / "check_locks.py"), *map(str, locks)]
    return subprocess.run(check, check=False, capture_output=True, text=True)


def test_a_lock_file_pins_every_version_with_its_hash_and_names_no_address() -> None:
    assert [lock.name for lock in LOCK_FILES] == [
        *("bench.txt", "build.txt", "clients.txt", "dev.txt", "postgres.txt", "runtime.txt")
    ]

    done = checked(*LOCK_FILES)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_lock_of_what_node_runs_has_hashes_and_names_no_address() -> None:
    words = (ROOT / "tests" / "clients" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: each for name, each in json.loads(words)["packages"].items() if name}

    assert "grammy" in " ".join(packages)
    assert [name for name, each in packages.items() if "integrity" not in each] == []
    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert "://" not in words


@pytest.mark.parametrize(
    ("sound", "doctored", "told"),
    [
        ("coverage[toml]==", "coverage==", "pytest-cov requires coverage[toml], but coverage=="),
        ("pytest==", "--index-url https://example.org/simple\npytest==", "names no address"),
        ("pytest==", "pytest @ https://example.org/pytest.whl #", "names no address"),
        ("pytest==", "pytest>=", "is no `name==version`"),
        ("--hash=sha256:", "--hash=md5:", "has no hash"),
    ],
)
def test_a_lock_file_that_a_fresh_machine_could_not_install_is_refused(
    tmp_path: Path, sound: str, doctored: str, told: str
) -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    assert sound in text
    lock = tmp_path / "doctored.txt"
    lock.write_text(text.replace(sound, doctored), encoding="utf-8")

    done = checked(lock)

    assert done.returncode == 1
    assert f"{lock}: " in done.stderr
    assert told in done.stderr
