"""What this installation is told: one file, overridden by the environment. Nothing else reads either.

A secret never stands in a repr or in a fault; what a setting does is not known here.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot import sealing
from bot.named_files import TooLargeError, text_of

PREFIX = "DONGTHUAN_"
WITHIN = "__"
"""Between a table and its key in the name of a variable."""
FILE = "dongthuan.toml"
NAMES_FILE = PREFIX + "SETTINGS"
"""The environment variable that names another settings file."""

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_BOT = re.compile(r"@?[A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9]")


_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LISTEN = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:]+)\]|(?P<host>[^:\[\]\s]+)):(?P<port>\d{1,5})")
_PORTS = (443, 80, 88, 8443)
"""On which Telegram calls."""
TELEGRAM = "https://api.telegram.org/bot"


class WebhookTable(BaseModel):
    """Where Telegram sends updates, behind whatever passes them on, and the secret that it sends along."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: str = Field(repr=False)
    """The address that Telegram calls; its path may be a secret, too."""
    listen: str = "127.0.0.1:8080"
    """Where the bot listens, for whatever passes the calls on."""
    secret: SecretStr | None = None
    secret_file: Path | None = None

    @field_validator("url")
    @classmethod
    def _url_is_one(cls, url: str) -> str:
        try:
            address = urlsplit(url)
            is_one = address.scheme in {"http", "https"} and address.hostname and address.port != 0
        except ValueError:
            is_one = False
        if not is_one or "@" in url or address.query or address.fragment:
            raise PydanticCustomError("webhook_url", "")
        return url

    @field_validator("listen")
    @classmethod
    def _listen_is_an_address(cls, listen: str) -> str:
        found = _LISTEN.fullmatch(listen)
        if found is None or not 0 < int(found["port"]) <= 65535:  # noqa: PLR2004 - the last port
            raise PydanticCustomError("listen_place", "")
        return listen

    @field_validator("secret")
    @classmethod
    def _secret_is_one(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise PydanticCustomError("secret_form", "")
        return secret

    @property
    def host(self) -> str:
        """The address of this machine that is listened on."""
        return str(self._place["six"] or self._place["host"])

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._place["port"])

    @property
    def _place(self) -> re.Match[str]:
        found = _LISTEN.fullmatch(self.listen)
        assert found is not None  # noqa: S101 - it was looked at before
        return found

    @property
    def is_reached_by_telegram(self) -> bool:
        """Whether Telegram itself calls such an address; an own server of the Bot API calls any."""
        address = urlsplit(self.url)
        return address.scheme == "https" and (address.port or _PORTS[0]) in _PORTS


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
        env_nested_delimiter=WITHIN,
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
    base_url: str = TELEGRAM
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

    webhook: WebhookTable | None = None
    """Without it Telegram is asked for updates."""

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
    def database_shown(self) -> str:
        """Where the database is, as it may be shown: without a password."""
        return re.sub(r"(?<=://)([^:@/]*):[^@/]*@", r"\1@", self.database)

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
    settings = _with_token(_placed(settings, folder, from_file))
    return _with_webhook(_with_recipients(settings, str(file)), file, given)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text_of(file))
    except FileNotFoundError:
        raise SettingsFaults([SettingsFault("no_file", str(file), "")]) from None
    except tomllib.TOMLDecodeError as error:
        values = {"detail": str(error)}
        raise SettingsFaults([SettingsFault("syntax", str(file), "", values)]) from None
    except _UNREAD as error:
        raise _unread(SettingsFault("unreadable", str(file), ""), error) from None


_UNREAD = (OSError, UnicodeDecodeError)


def _unread(fault: SettingsFault, error: Exception) -> SettingsFaults:
    """The fault of a file that gave no text, with the reason."""
    if isinstance(error, TooLargeError):
        return SettingsFaults([replace(fault, kind="too_large", values={"limit": error.megabytes})])
    return SettingsFaults([replace(fault, values={"detail": type(error).__name__})])


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
        token = text_of(settings.token_file).strip()
    except _UNREAD as error:
        raise _unread(SettingsFault("token_file", where, "token_file"), error) from None
    if not _TOKEN.fullmatch(token):
        raise SettingsFaults([SettingsFault("token_form", where, "token_file")])
    return settings.model_copy(update={"token": SecretStr(token)})


def _with_webhook(settings: Settings, file: Path, given: Mapping[str, Any]) -> Settings:
    """The table with its secret, looked up where it is kept; one is needed, else anybody could press for anybody."""
    table = settings.webhook
    if table is None:
        return settings
    if settings.base_url == TELEGRAM and not table.is_reached_by_telegram:
        raise SettingsFaults([_of_webhook("webhook_url", "url", file)])
    in_file = {key for key in given.get("webhook", ()) if _variable(key) not in _environment()}
    if table.secret is not None and not (
        "secret" in in_file and _variable("secret_file") in _environment()
    ):
        return settings
    if table.secret_file is None:
        raise SettingsFaults([_of_webhook("no_secret", "secret_file", file)])
    path = file.parent / table.secret_file if "secret_file" in in_file else table.secret_file
    try:
        secret = text_of(path).strip()
    except _UNREAD as error:
        raise _unread(_of_webhook("secret_file", "secret_file", path), error) from None
    if not _SECRET.fullmatch(secret):
        raise SettingsFaults([_of_webhook("secret_form", "secret_file", path)])
    kept = table.model_copy(update={"secret": SecretStr(secret)})
    return settings.model_copy(update={"webhook": kept})


def _of_webhook(kind: str, key: str, where: Path) -> SettingsFault:
    variable = _variable(key)
    named = variable if variable in _environment() else str(where)
    return SettingsFault(kind, named, f"webhook.{key}")


def _variable(key: str) -> str:
    """Of a key of the table."""
    return f"{PREFIX}webhook{WITHIN}{key}".upper()


def _is_key(word: str) -> bool:
    return word.startswith(sealing.PUBLIC)


def _with_recipients(settings: Settings, file: str) -> Settings:
    """Every key by itself, those of files too, each looked at: a backup that nobody could open is worth nothing."""
    named = settings.backup_recipients
    if any(sealing.SECRET in word.upper() for word in named):
        raise SettingsFaults([_wrong_recipients("recipient_secret", file)])
    listed = [(e, key) for e in named for key in ((e,) if _is_key(e) else _keys_of(e))]
    for where, key in listed:
        try:
            sealing.recipients((key,))
        except sealing.KeyFaultError:
            raise SettingsFaults([_wrong_recipients("recipient_form", where)]) from None
    return settings.model_copy(update={"backup_recipients": tuple(key for _, key in listed)})


def _keys_of(file: str) -> tuple[str, ...]:
    try:
        found = sealing.keys_in(text_of(Path(file)))
    except _UNREAD as error:
        raise _unread(_wrong_recipients("recipient_file", file), error) from None
    if not found:
        raise SettingsFaults([_wrong_recipients("recipient_form", file)])
    return found


def _wrong_recipients(kind: str, where: str) -> SettingsFault:
    return SettingsFault(kind, where, "backup_recipients")


_KEYS_OF_WEBHOOK = [f"webhook.{name}" for name in WebhookTable.model_fields]
_OURS = frozenset(
    {
        *("token_form", "bot_form", "address_form", "listen_form"),
        *("webhook_url", "listen_place", "secret_form"),
    }
)


def _fault(error: ErrorDetails, file: str) -> SettingsFault:
    key = ".".join(str(part) for part in error["loc"])
    variable = PREFIX + key.replace(".", WITHIN).upper()
    where = variable if variable in _environment() else file
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = [*Settings.model_fields] if "." not in key else _KEYS_OF_WEBHOOK
        close = difflib.get_close_matches(key, allowed, n=1)
        values = {"allowed": ", ".join(allowed), "guess": close[0] if close else ""}
        return SettingsFault("unknown_key", where, key, values)
    if kind == "missing":
        return SettingsFault("missing_key", where, key)
    ours = kind if kind in _OURS else "wrong_value"
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return SettingsFault(ours, where, key, {"expected": expected})
