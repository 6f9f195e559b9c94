"""`dongthuan backup` with keys, and `backup-key`: what is sealed, to whom, and that nothing readable is left behind."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import sealing
from bot.__main__ import main
from bot.db import backup
from bot.settings import SettingsFaults, load
from tests.commands.test_run import ask
from tests.commands.test_settings import told, written

PLAIN = b"SQLite format 3"


def keys(folder: Path, name: str = "khoa.txt") -> tuple[Path, str]:
    """A pair as the command makes it: the file of the secret key, and the public key that was printed."""
    file = folder / name
    done = CliRunner().invoke(main, ["backup-key", str(file)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    public = re.search(r"Khóa công khai: (age1\w+)", done.stdout)
    assert public is not None
    assert f'backup_recipients = ["{public[1]}"]' in done.stdout
    return file, public[1]


def database(folder: Path) -> Path:
    path = folder / "dongthuan.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE loi (noi TEXT)")
        made.execute("INSERT INTO loi VALUES ('Ý kiến riêng')")
    made.close()
    return path


def opened(sealed: Path, identity: Path) -> str:
    """What stands in a sealed copy."""
    path = sealed.with_name("mo_ra.db")
    with sealed.open("rb") as source, path.open("wb") as target:
        sealing.unseal(source, target, identity.read_text(encoding="ascii"))
    with sqlite3.connect(path) as read:
        words = str(read.execute("SELECT noi FROM loi").fetchone()[0])
    read.close()
    return words


def test_a_key_is_its_owners_alone_and_never_replaced(tmp_path: Path) -> None:
    file, public = keys(tmp_path)
    text = file.read_text(encoding="ascii")
    assert file.stat().st_mode & 0o777 == 0o600
    assert text.startswith(f"# public key: {public}\nAGE-SECRET-KEY-1")

    again = CliRunner().invoke(main, ["backup-key", str(file)], catch_exceptions=False)
    assert again.exit_code == 1
    assert "đã có tệp này" in again.stderr
    assert file.read_text(encoding="ascii") == text


def test_with_keys_a_backup_is_sealed_to_each_and_nothing_readable_is_left(tmp_path: Path) -> None:
    path, shelf = database(tmp_path), tmp_path / "sao lưu"
    shelf.mkdir()
    one, first = keys(tmp_path, "mot.txt")
    two, second = keys(tmp_path, "hai.txt")

    done = ask(tmp_path, "backup", str(shelf / "dem.db"), backup_recipients=f"{first} {second}")

    assert done.exit_code == 0, done.stderr
    sealed = shelf / "dem.db.age"
    assert "có mã hóa" in done.stdout
    assert str(sealed) in done.stdout
    assert list(shelf.iterdir()) == [sealed]
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert PLAIN not in sealed.read_bytes()
    assert not list(tmp_path.glob(f"{path.name}.*{backup.COPYING}*"))
    assert opened(sealed, one) == opened(sealed, two) == "Ý kiến riêng"
    stranger, _ = keys(tmp_path, "ba.txt")
    with pytest.raises(sealing.KeyFaultError):
        opened(sealed, stranger)


def test_a_name_that_asks_for_sealing_is_refused_without_keys(tmp_path: Path) -> None:
    database(tmp_path)
    done = ask(tmp_path, "backup", str(tmp_path / "dem.db.age"))
    assert done.exit_code == 1
    assert "backup_recipients" in done.stderr
    assert not (tmp_path / "dem.db.age").exists()


def test_keys_may_stand_in_a_file_beside_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "cau hinh"
    folder.mkdir()
    _, first = keys(tmp_path, "mot.txt")
    _, second = keys(tmp_path, "hai.txt")
    (folder / "nguoi nhan.txt").write_text(f"# văn phòng\n\n{first}\n", encoding="utf-8")
    path = written(folder, f'backup_recipients = ["nguoi nhan.txt", "{second}"]\n')
    assert load(path).backup_recipients == (first, second)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("age1khongphaikhoa", "không phải là khóa công khai"),
        ("khong_co.txt", "không đọc được tệp khóa công khai"),
        ("rong.txt", "không phải là khóa công khai"),
        ("SECRET", "đây là khóa bí mật"),
    ],
)
def test_wrong_keys_are_told_before_anything_runs(tmp_path: Path, given: str, words: str) -> None:
    (tmp_path / "rong.txt").write_text("# chưa có khóa nào\n", encoding="utf-8")
    secret = sealing.new_identity()[0].splitlines()[1]
    path = written(tmp_path, f'backup_recipients = ["{given.replace("SECRET", secret)}"]\n')
    with pytest.raises(SettingsFaults) as faults:
        load(path)
    assert "backup_recipients" in told(faults.value)
    assert words in told(faults.value)
    assert secret not in told(faults.value)


DIES = """
import os, sqlite3, sys
from pathlib import Path
from bot import sealing
from bot.db import backup
def dies(*_):
    os._exit(9)
sealing.seal = dies
backup.back_up(Path(sys.argv[1]), Path(sys.argv[2]), sealing.recipients([sys.argv[3]]))
"""


def test_what_a_crash_leaves_of_a_copy_goes_with_the_next_backup(tmp_path: Path) -> None:
    """The copy lies beside the database, where the same words lie; never where the backups are kept."""
    path, shelf = database(tmp_path), tmp_path / "sao_luu"
    shelf.mkdir()
    _, public = keys(tmp_path)
    crashed = subprocess.run(
        [sys.executable, "-c", DIES, str(path), str(shelf / "a.db.age"), public],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert crashed.returncode == 9
    (left,) = tmp_path.glob(f"{path.name}.*{backup.COPYING}")
    assert left.read_bytes().startswith(PLAIN)
    assert left.stat().st_mode & 0o777 == 0o600
    assert [each.stat().st_size for each in shelf.iterdir()] == [0]

    with backup.private_copy(path) as being_made:
        done = ask(tmp_path, "backup", str(shelf / "b.db"), backup_recipients=public)
        assert done.exit_code == 0, done.stderr
        assert not left.exists()
        assert being_made.exists(), "one that is being made is nobody else's to remove"


def test_a_backup_changed_or_cut_off_does_not_open(tmp_path: Path) -> None:
    database(tmp_path)
    identity, public = keys(tmp_path)
    assert ask(tmp_path, "backup", str(tmp_path / "a"), backup_recipients=public).exit_code == 0
    whole = (tmp_path / "a.age").read_bytes()
    for broken in (whole[:-1], whole[:-20] + bytes(20)):
        (tmp_path / "b.age").write_bytes(broken)
        with pytest.raises((sealing.UnsealingError, sealing.KeyFaultError)):
            opened(tmp_path / "b.age", identity)
    shutil.copy(tmp_path / "a.age", tmp_path / "c.age")
    assert opened(tmp_path / "c.age", identity) == "Ý kiến riêng"
