from __future__ import annotations

from pathlib import Path

import pytest

from bot.rendering import Terminal
from bot.settings import SettingsFaults, load
from bot.values.language import Language

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
OPEN = "https://bot.donvi.vn/telegram"
SECRET = "aB3_cD4-eF5_gH6-"
OTHER = "987654321:ZZyyXXwwVVuuTTssRRqqPPooNNmmLLkkJJi"


def written(folder: Path, text: str) -> Path:
    path = folder / "dongthuan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def told(error: SettingsFaults) -> str:
    return Terminal(Language.VIETNAMESE).terminal("settings", faults=error.faults)


def test_without_a_file_everything_has_a_default() -> None:
    settings = load()
    assert settings.token is None
    assert settings.database == "dongthuan.db"
    assert settings.base_url == "https://api.telegram.org/bot"
    assert settings.link is None


def test_keys_of_secret_votes_lie_in_the_state_of_the_user_unless_it_is_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert load().keys == tmp_path / "state" / "dongthuan" / "ballot-keys"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "nha"))
    assert load().keys == tmp_path / "nha" / ".local" / "state" / "dongthuan" / "ballot-keys"
    folder = tmp_path / "nơi khác"
    folder.mkdir()
    assert load(written(folder, 'ballot_keys = "khoa"\n')).keys == folder / "khoa"


def test_one_file_says_everything(tmp_path: Path) -> None:
    written(
        tmp_path,
        f'token = "{TOKEN}"\nbot = "@dongthuan_thu_bot"\ndatabase = "du_lieu/a.db"\n'
        'proxy = "http://may-chu:3128"\nlog_level = "DEBUG"\nlog_json = true\n',
    )
    settings = load()
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.link == "https://t.me/dongthuan_thu_bot"
    assert settings.proxy == "http://may-chu:3128"
    assert (settings.log_level, settings.log_json) == ("DEBUG", True)


def test_the_environment_comes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, f'token = "{TOKEN}"\ndatabase = "a.db"\n')
    monkeypatch.setenv("DONGTHUAN_TOKEN", OTHER)
    monkeypatch.setenv("DONGTHUAN_DATABASE", "b.db")
    settings = load()
    assert settings.token is not None
    assert settings.token.get_secret_value() == OTHER
    assert settings.database == "b.db"


def test_paths_of_the_file_are_meant_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "nơi khác"
    folder.mkdir()
    (folder / "token.txt").write_text(f"{TOKEN}\n", encoding="utf-8")
    path = written(folder, 'database = "a.db"\ntoken_file = "token.txt"\n')
    settings = load(path)
    assert settings.database == str(folder / "a.db")
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN


def test_a_token_file_of_the_environment_comes_before_a_token_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token.txt").write_text(OTHER, encoding="utf-8")
    written(tmp_path, f'token = "{TOKEN}"\n')
    monkeypatch.setenv("DONGTHUAN_TOKEN_FILE", "token.txt")
    settings = load()
    assert settings.token is not None
    assert settings.token.get_secret_value() == OTHER


def test_the_environment_may_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "khac.toml"
    path.write_text('bot = "khac_bot"\n', encoding="utf-8")
    monkeypatch.setenv("DONGTHUAN_SETTINGS", str(path))
    assert load().bot == "khac_bot"


def test_an_address_of_a_server_is_no_path(tmp_path: Path) -> None:
    path = written(tmp_path, 'database = "postgresql+asyncpg://bot:bi-mat@host/dongthuan"\n')
    settings = load(path)
    assert settings.database == "postgresql+asyncpg://bot:bi-mat@host/dongthuan"
    assert "bi-mat" not in repr(settings)


def test_settings_are_frozen_and_hide_the_token(tmp_path: Path) -> None:
    settings = load(written(tmp_path, f'token = "{TOKEN}"\n'))
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings)
    with pytest.raises(ValueError, match="frozen"):
        settings.bot = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        ('databse = "a.db"', "databse", "unknown_key"),
        ('token = "bi-mat-ma-sai"', "token", "token_form"),
        ('bot = "tên có dấu"', "bot", "bot_form"),
        ('proxy = "may-chu"', "proxy", "address_form"),
        ('base_url = "api.telegram.org"', "base_url", "address_form"),
        ('metrics_listen = "0.0.0.0:9464"', "metrics_listen", "listen_form"),
        ('metrics_listen = "localhost:9464"', "metrics_listen", "listen_form"),
        ('metrics_listen = "127.0.0.1"', "metrics_listen", "listen_form"),
        ('metrics_listen = "127.0.0.1:0"', "metrics_listen", "listen_form"),
        ('metrics_listen = "::1:9464"', "metrics_listen", "listen_form"),
        ('log_level = "LOUD"', "log_level", "wrong_value"),
        ("log_json = 7", "log_json", "wrong_value"),
        ('token_file = "khong_co.txt"', "token_file", "token_file"),
        ("database = ", "", "syntax"),
        ("webhook = 7", "webhook", "wrong_value"),
        ('[webhook]\nlisten = "127.0.0.1:80"', "webhook.url", "missing_key"),
        (f'[webhook]\nurl = "{OPEN}"', "webhook.secret_file", "no_secret"),
        (
            f'[webhook]\nurl = "{OPEN}"\nsecret = "bi-mat-ma-sai, ngắn"',
            "webhook.secret",
            "secret_form",
        ),
        (
            f'[webhook]\nurl = "{OPEN}"\nsecret_file = "khong_co.txt"',
            "webhook.secret_file",
            "secret_file",
        ),
        (f'[webhook]\nurl = "{OPEN}"\nurll = "x"', "webhook.urll", "unknown_key"),
        (f'[webhook]\nurl = "{OPEN}"\nlisten = "8080"', "webhook.listen", "listen_place"),
        (f'[webhook]\nurl = "{OPEN}"\nlisten = "a:99999"', "webhook.listen", "listen_place"),
        ('[webhook]\nurl = "bot.donvi.vn/telegram"', "webhook.url", "webhook_url"),
        ('[webhook]\nurl = "https://bot.donvi.vn/telegram?a=1"', "webhook.url", "webhook_url"),
        ('[webhook]\nurl = "http://bot.donvi.vn/telegram"', "webhook.url", "webhook_url"),
        ('[webhook]\nurl = "https://bot.donvi.vn:8080/telegram"', "webhook.url", "webhook_url"),
        ('[webhook]\nurl = "https://[bot/telegram"', "webhook.url", "webhook_url"),
    ],
)
def test_a_faulty_key_is_named_with_what_was_expected(
    tmp_path: Path, text: str, key: str, kind: str
) -> None:
    path = written(tmp_path, text + "\n")
    with pytest.raises(SettingsFaults) as caught:
        load(path)
    [fault] = caught.value.faults
    assert (fault.key, fault.kind) == (key, kind)
    words = told(caught.value)
    assert "Cần: " in words
    assert key in words
    assert "bi-mat-ma-sai" not in words
    assert "bi-mat-ma-sai" not in str(caught.value)


def test_every_fault_is_told_at_once_and_a_slip_is_guessed(tmp_path: Path) -> None:
    path = written(tmp_path, 'databse = "a.db"\nproxy = "x"\n')
    with pytest.raises(SettingsFaults) as caught:
        load(path)
    assert {fault.key for fault in caught.value.faults} == {"databse", "proxy"}
    assert "Có phải là «database»?" in told(caught.value)


def test_a_faulty_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONGTHUAN_TOKEN", "bi-mat-ma-sai")
    with pytest.raises(SettingsFaults) as caught:
        load()
    assert "DONGTHUAN_TOKEN" in told(caught.value)
    assert "bi-mat-ma-sai" not in told(caught.value)


def test_a_token_file_without_a_token_is_told(tmp_path: Path) -> None:
    (tmp_path / "token.txt").write_text("chưa có", encoding="utf-8")
    with pytest.raises(SettingsFaults) as caught:
        load(written(tmp_path, 'token_file = "token.txt"\n'))
    assert caught.value.faults[0].kind == "token_form"


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsFaults) as caught:
        load(tmp_path / "khong_co.toml")
    assert caught.value.faults[0].kind == "no_file"


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dongthuan.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsFaults) as caught:
        load(path)
    assert caught.value.faults[0].kind == "unreadable"


def test_who_has_no_token_is_told_how_to_get_one() -> None:
    words = Terminal(Language.VIETNAMESE).terminal("no_token")
    assert "@BotFather" in words
    assert "DONGTHUAN_TOKEN" in words
    assert all(word in words for word in ("token_file", "/newbot", "dongthuan run"))


# --- where Telegram calls ------------------------------------------------------------------------


def test_the_webhook_has_a_table_of_its_own_and_a_secret_in_a_file_beside_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "noi_khac"
    folder.mkdir()
    (folder / "bi_mat.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    words = f'[webhook]\nurl = "{OPEN}"\nlisten = "[::1]:8443"\nsecret_file = "bi_mat.txt"\n'
    table = load(written(folder, words)).webhook
    assert table is not None
    assert (table.url, table.host, table.port) == (OPEN, "::1", 8443)
    assert table.secret is not None
    assert table.secret.get_secret_value() == SECRET
    assert SECRET not in repr(table)


def test_without_the_table_telegram_is_asked() -> None:
    assert load().webhook is None


def test_the_webhook_is_told_by_the_environment_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONGTHUAN_WEBHOOK__URL", OPEN)
    monkeypatch.setenv("DONGTHUAN_WEBHOOK__SECRET", SECRET)
    table = load(written(tmp_path, '[webhook]\nurl = "https://cu.donvi.vn/"\n')).webhook
    assert table is not None
    assert (table.url, table.host, table.port) == (OPEN, "127.0.0.1", 8080)
    assert table.secret is not None
    assert table.secret.get_secret_value() == SECRET


def test_a_secret_file_of_the_environment_comes_before_a_secret_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "khac.txt").write_text(SECRET, encoding="utf-8")
    monkeypatch.setenv("DONGTHUAN_WEBHOOK__SECRET_FILE", str(tmp_path / "khac.txt"))
    words = f'[webhook]\nurl = "{OPEN}"\nsecret = "{SECRET[::-1]}"\n'
    table = load(written(tmp_path, words)).webhook
    assert table is not None
    assert table.secret is not None
    assert table.secret.get_secret_value() == SECRET


def test_a_faulty_variable_of_the_webhook_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONGTHUAN_WEBHOOK__URL", OPEN)
    monkeypatch.setenv("DONGTHUAN_WEBHOOK__SECRET", "bi-mat-ma-sai!")
    with pytest.raises(SettingsFaults) as caught:
        load()
    assert "DONGTHUAN_WEBHOOK__SECRET: webhook.secret" in told(caught.value)
    assert "bi-mat-ma-sai" not in told(caught.value)


def test_an_own_server_of_the_bot_api_may_call_any_address(tmp_path: Path) -> None:
    url = "http://10.0.0.5:8080/telegram"
    words = (
        f'base_url = "http://10.0.0.4:8081/bot"\n[webhook]\nurl = "{url}"\nsecret = "{SECRET}"\n'
    )
    table = load(written(tmp_path, words)).webhook
    assert table is not None
    assert table.url == url


@pytest.mark.parametrize("language", Language)
def test_an_address_that_is_taken_is_told(language: Language) -> None:
    words = Terminal(language).terminal(
        "run", kind="address_taken", address="127.0.0.1:8080", link=""
    )
    assert "127.0.0.1:8080" in words
    assert "listen" in words
