"""What this installation is told: one file, overridden by the environment. Nothing else reads either.

A secret never stands in a repr or in a fault; what a setting does is not known here.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot import sealing

PREFIX = "DONGTHUAN_"
FILE = "dongthuan.toml"
NAMES_FILE = PREFIX + "SETTINGS"
"""The environment variable that names another settings file."""

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_BOT = re.compile(r"@?[A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9]")


def loopback(place: str) -> tuple[str, int] | None:
    """The address and port that "127.0.0.1:9464" or "[::1]:9464" names; None where others could reach it, too."""
    host, _, port = place.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    try:
        address, number = ip_address(bare), int(port)
    except ValueError:
        return None
    fits = (host != bare) is isinstance(address, IPv6Address) and 0 < number < 2**16
    return (bare, number) if fits and address.is_loopback else None


class Settings(BaseSettings):
    """The settings, frozen. Paths of the file are meant from the folder it lies in."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = None
    """What BotFather gave; better kept in `token_file` or in the environment."""
    token_file: Path | None = None
    bot: str | None = None
    """The bot's name on Telegram without "@", for links made while it does not run."""
    database: str = Field(default="dongthuan.db", repr=False)
    """A path, or an address such as postgresql+asyncpg://…"""
    ballot_keys: Path | None = None
    """Where each database has a folder for the keys of its secret votes; by default the user's own state."""
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str | None = Field(default=None, repr=False)
    get_updates_proxy: str | None = Field(default=None, repr=False)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_json: bool | None = None
    """Without it: JSON, unless a person reads the log on a terminal."""
    metrics_listen: str | None = None
    """Where /health and /metrics are answered: an address of this machine alone, such as 127.0.0.1:9464."""
    backup_recipients: Annotated[tuple[str, ...], NoDecode] = ()
    """To whom backups are sealed: public keys of age, and files of them. Of a variable, with blanks between."""

    @field_validator("backup_recipients", mode="before")
    @classmethod
    def _recipients_in_one_line(cls, given: Any) -> Any:
        return tuple(given.split()) if isinstance(given, str) else given

    @field_validator("token")
    @classmethod
    def _token_is_one(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise PydanticCustomError("token_form", "")
        return token

    @field_validator("bot")
    @classmethod
    def _bot_is_a_name(cls, name: str | None) -> str | None:
        if name is not None and not _BOT.fullmatch(name):
            raise PydanticCustomError("bot_form", "")
        return name.removeprefix("@") if name else None

    @field_validator("base_url", "base_file_url", "proxy", "get_updates_proxy")
    @classmethod
    def _address_is_one(cls, address: str | None) -> str | None:
        if address is not None and not re.match(r"(https?|socks5)://[^/\s]", address):
            raise PydanticCustomError("address_form", "")
        return address

    @field_validator("metrics_listen")
    @classmethod
    def _listens_at_home(cls, place: str | None) -> str | None:
        if place is not None and loopback(place) is None:
            raise PydanticCustomError("listen_form", "")
        return place

    @property
    def link(self) -> str | None:
        """The bot's own address, where its name is known."""
        return f"https://t.me/{self.bot}" if self.bot else None

    @property
    def keys(self) -> Path:
        """The folder of the keys of secret votes: apart from the data, so that no copy of these holds a key."""
        if self.ballot_keys is not None:
            return self.ballot_keys.absolute()
        state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111 - Path refuses where there is no home
        return Path(state) / "dongthuan" / "ballot-keys"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's form
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's form
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's form
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file, and nothing else."""
        return env_settings, init_settings


@dataclass(frozen=True, slots=True)
class SettingsFault:
    """One thing wrong: its kind, the file or variable, the key, the words it is told with."""

    kind: str
    where: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class SettingsFaults(ValueError):  # noqa: N818 - it is read as "the faults of the settings"
    """All that is wrong with the settings; the words lie in templates/cli/settings.j2."""

    def __init__(self, faults: Sequence[SettingsFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{each.where}: {each.key}: {each.kind}" for each in faults))


def load(path: Path | None = None) -> Settings:
    """The settings of a file and the environment; raises SettingsFaults, naming every faulty key.

    Without a path: the file the environment names, else dongthuan.toml where one stands here.
    """
    named = path or (Path(os.environ[NAMES_FILE]) if os.environ.get(NAMES_FILE) else None)
    file = named or Path(FILE)
    given = _read(file) if named or file.exists() else {}
    folder = file.parent
    try:
        settings = Settings(**given)
    except ValidationError as error:
        wrong = [_fault(each, str(file)) for each in error.errors(include_input=False)]
        raise SettingsFaults(wrong) from None
    from_file = {key for key in given if PREFIX + key.upper() not in _environment()}
    if "token" in from_file and PREFIX + "TOKEN_FILE" in _environment():
        settings = settings.model_copy(update={"token": None})
    return _with_recipients(_with_token(_placed(settings, folder, from_file)), str(file))


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsFaults([SettingsFault("no_file", str(file), "")]) from None
    except tomllib.TOMLDecodeError as error:
        values = {"detail": str(error)}
        raise SettingsFaults([SettingsFault("syntax", str(file), "", values)]) from None
    except (OSError, UnicodeDecodeError) as error:
        values = {"detail": type(error).__name__}
        raise SettingsFaults([SettingsFault("unreadable", str(file), "", values)]) from None


def _environment() -> set[str]:
    return {name.upper() for name, value in os.environ.items() if value}


def _placed(settings: Settings, folder: Path, from_file: set[str]) -> Settings:
    """Paths written in the file, as seen from anywhere."""
    moved: dict[str, object] = {}
    if "database" in from_file and "://" not in settings.database:
        moved["database"] = str(folder / settings.database)
    if "token_file" in from_file and settings.token_file is not None:
        moved["token_file"] = folder / settings.token_file
    if "ballot_keys" in from_file and settings.ballot_keys is not None:
        moved["ballot_keys"] = folder / settings.ballot_keys
    if "backup_recipients" in from_file:
        named = settings.backup_recipients
        moved["backup_recipients"] = tuple(e if _is_key(e) else str(folder / e) for e in named)
    return settings.model_copy(update=moved)


def _with_token(settings: Settings) -> Settings:
    if settings.token is not None or settings.token_file is None:
        return settings
    where = str(settings.token_file)
    try:
        token = settings.token_file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        values = {"detail": type(error).__name__}
        raise SettingsFaults([SettingsFault("token_file", where, "token_file", values)]) from None
    if not _TOKEN.fullmatch(token):
        raise SettingsFaults([SettingsFault("token_form", where, "token_file")])
    return settings.model_copy(update={"token": SecretStr(token)})


def _is_key(word: str) -> bool:
    return word.startswith(sealing.PUBLIC)


def _with_recipients(settings: Settings, file: str) -> Settings:
    """Every key by itself, those of files too, each looked at: a backup that nobody could open is worth nothing."""
    named = settings.backup_recipients
    if any(sealing.SECRET in word.upper() for word in named):
        raise _wrong_recipients("recipient_secret", file)
    listed = [(e, key) for e in named for key in ((e,) if _is_key(e) else _keys_of(e))]
    for where, key in listed:
        try:
            sealing.recipients((key,))
        except sealing.KeyFaultError:
            raise _wrong_recipients("recipient_form", where) from None
    return settings.model_copy(update={"backup_recipients": tuple(key for _, key in listed)})


def _keys_of(file: str) -> tuple[str, ...]:
    try:
        found = sealing.keys_in(Path(file).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong_recipients("recipient_file", file, detail=type(error).__name__) from None
    if not found:
        raise _wrong_recipients("recipient_form", file)
    return found


def _wrong_recipients(kind: str, where: str, **values: object) -> SettingsFaults:
    return SettingsFaults([SettingsFault(kind, where, "backup_recipients", values)])


def _fault(error: ErrorDetails, file: str) -> SettingsFault:
    key = ".".join(str(part) for part in error["loc"])
    variable = PREFIX + key.upper()
    where = variable if variable in _environment() else file
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = list(Settings.model_fields)
        close = difflib.get_close_matches(key, allowed, n=1)
        values = {"allowed": ", ".join(allowed), "guess": close[0] if close else ""}
        return SettingsFault("unknown_key", where, key, values)
    ours = (
        kind if kind in {"token_form", "bot_form", "address_form", "listen_form"} else "wrong_value"
    )
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return SettingsFault(ours, where, key, {"expected": expected})
