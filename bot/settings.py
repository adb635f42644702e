"""Settings, read once from the environment and from `.env` in the working directory."""

import logging
import re
import unicodedata
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, NoDecode, SettingsConfigDict

from bot.trouble import Trouble
from scorecard.silent_hours import SilentHours
from wording.catalogue import FIRST_LANGUAGE, languages

PREFIX = "SAMLENG_"
TELEGRAM = "https://api.telegram.org"
MAX_REFERRAL = 200
LAST_PORT = 65535

_PLANNED = ("WEBHOOK_URL", "WEBHOOK_SECRET", "LISTEN")
_NO_SETTINGS = re.compile("DEBUG|EFFORT|CHROMIUM|TEST_DATABASE_URL|UPDATE_[A-Z]+|CRASH_[A-Z]+")
"""What `samleng` itself and the tests look for in the environment."""

_TOKEN = re.compile(r"[0-9]{1,16}:[A-Za-z0-9_-]{10,}")
_SQLITE = "sqlite:////"
_POSTGRESQL = "postgresql://user:password@host:5432/name"

_JOINERS = "\u200b\u200c\u200d"


def _token(given: SecretStr) -> SecretStr:
    token = given.get_secret_value().strip()
    if token and not _TOKEN.fullmatch(token):
        raise ValueError("this is no bot's token. Copy the whole of it from @BotFather: figures, a colon, 35 signs")
    return SecretStr(token)


def _database_url(url: str) -> str:
    if url.partition(":")[0].lower() in {"postgresql", "postgres"}:
        return _server_url(url)
    path = unquote(url.removeprefix(_SQLITE))
    if not url.startswith(_SQLITE) or path.endswith("/") or not path.strip() or not path.isprintable():
        raise ValueError(f"this names no database. Write {_SQLITE}folder/file, with four strokes, or {_POSTGRESQL}")
    if set("?%") & set(path):
        raise ValueError("the file's name may hold neither ? nor %. Name another file, with nothing after it")
    return url


def _server_url(url: str) -> str:
    """The address of a database on a server, spelled in one way."""
    try:
        parts = urlsplit(url)
        named = bool(parts.path.strip("/")) and parts.port != 0
    except ValueError:
        named = False
    if not named or "#" in url or not url.isprintable() or " " in url:
        raise ValueError(f"this names no database on a server. Write {_POSTGRESQL}, signs in the password as %40")
    return f"postgresql:{url.partition(':')[2]}"


def _keys(folder: Path) -> Path:
    if "\0" in str(folder):
        raise ValueError("this names no folder. Write an absolute path")
    return folder.expanduser().absolute()


def _api_url(given: str) -> str:
    url = given.rstrip("/")
    if not _is_address(url):
        raise ValueError(f"this is no server's address. Write http://host:port, or leave it out for {TELEGRAM}")
    if re.search("/bot[^/]*$", urlsplit(url).path):
        raise ValueError("it ends with /bot. Write only what stands before that")
    return url


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and parts.port != 0
            and not set("?#@ ") & set(url)
        )
    except ValueError:
        return False


def _language(given: str) -> str:
    if given not in languages():
        raise ValueError(f"there is no catalogue for it. Write one of: {', '.join(languages())}")
    return given


def _referral(given: str) -> str:
    signs = (s if s in _JOINERS or unicodedata.category(s)[0] != "C" else " " for s in given)
    text = " ".join("".join(signs).split())
    if len(text) > MAX_REFERRAL:
        raise ValueError(f"it has {len(text)} characters. Shorten it to {MAX_REFERRAL} or fewer")
    return text


def _silent_hours(given: object) -> object:
    if not isinstance(given, str):
        return given
    given = given.strip()
    if given.lower() in {"none", "off"}:
        return None
    hours = re.fullmatch(r"([01]?\d|2[0-3])(?::00)?\s*[-–]\s*([01]?\d|2[0-3])(?::00)?", given)
    if hours is None or int(hours[1]) == int(hours[2]):
        raise ValueError("these are no hours of a night. Write for instance 21-6, or none")
    return SilentHours(int(hours[1]), int(hours[2]))


def _metrics(given: object) -> object:
    if not isinstance(given, str):
        return given
    host, _, port = given.strip().rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= LAST_PORT:
        raise ValueError("this is no address. Write for instance 127.0.0.1:9464")
    return host.strip("[]"), int(port)


def _default_database() -> str:
    return f"sqlite:///{_data_folder() / 'samleng.sqlite3'}"


def _data_folder() -> Path:
    return platformdirs.user_data_path("samleng", appauthor=False).absolute()


def _beside_database(known: dict[str, Any]) -> Path:
    path = _path(known["database_url"])
    return (_data_folder() if path is None else path.parent) / "keys"


class Settings(BaseModel):
    """What an operator decides. Made by hand it reads nothing from outside; `read_settings` does."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, str_strip_whitespace=True)

    bot_token: Annotated[SecretStr, AfterValidator(_token)] = SecretStr("")
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(default_factory=_default_database, repr=False)
    keys: Annotated[Path, AfterValidator(_keys)] = Field(default_factory=_beside_database)
    api_url: Annotated[str, AfterValidator(_api_url)] = TELEGRAM
    language: Annotated[str, AfterValidator(_language)] = FIRST_LANGUAGE
    referral: Annotated[str, AfterValidator(_referral)] = ""
    metrics: Annotated[tuple[str, int] | None, NoDecode, BeforeValidator(_metrics)] = None
    silent_hours: Annotated[SilentHours | None, NoDecode, BeforeValidator(_silent_hours)] = SilentHours(21, 6)


class _Environment(Settings, BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",  # others keep theirs in the same file
        validate_default=False,
    )


def read_settings(*, token: bool = True) -> Settings:
    """The settings, as the operator gave them; an empty value counts as none.

    Raises Trouble, naming the variable, for the first that can't be used, or that begins as ours do and is none of
    them, and where `token` is asked for but missing. Others' variables are passed over.
    """
    lines = _Lines()
    dotenv = logging.getLogger("dotenv.main")
    dotenv.addFilter(lines)
    try:
        unknown = _unknown()
        read = _Environment()
    except ValidationError as fault:
        raise _trouble(fault) from None
    except (OSError, UnicodeDecodeError) as fault:
        why = "it is not UTF-8" if isinstance(fault, UnicodeDecodeError) else fault.strerror
        raise Trouble(f".env: the file can't be read ({why}). Put that right, or take it away.") from None
    finally:
        dotenv.removeFilter(lines)
    if lines.faulty:
        raise Trouble(f".env: line {lines.faulty[0]} isn't understood. Write NAME=value there, or take it out.")
    if unknown:
        raise _no_setting(unknown[0])
    if token and not read.bot_token.get_secret_value():
        raise token_missing()
    return Settings.model_construct(**{name: getattr(read, name) for name in Settings.model_fields})


def token_missing() -> Trouble:
    return Trouble(f"{PREFIX}BOT_TOKEN: it isn't set. Ask @BotFather for a token, and set it or write it into .env.")


def database_path(settings: Settings) -> Path | None:
    """The file of the embedded database; None for one on a server."""
    return _path(settings.database_url)


def database_name(settings: Settings) -> str:
    """How an operator knows the database: its file, or its server and name; nothing of user and password."""
    path = _path(settings.database_url)
    if path is not None:
        return str(path)
    parts = urlsplit(settings.database_url)
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


def bot_id(settings: Settings) -> int:
    """The bot's id, which its token begins with."""
    return int(settings.bot_token.get_secret_value().partition(":")[0])


def _path(url: str) -> Path | None:
    return Path("/" + unquote(url.removeprefix(_SQLITE))) if url.startswith(_SQLITE) else None


def _unknown() -> list[str]:
    """What is set and begins as our variables do, but is no setting, without that beginning."""
    given = {*EnvSettingsSource(_Environment).env_vars, *DotEnvSettingsSource(_Environment).env_vars}
    ours = {name.upper().removeprefix(PREFIX) for name in given if name.upper().startswith(PREFIX)}
    return sorted(name for name in ours - _names() if not _NO_SETTINGS.fullmatch(name))


def _names() -> set[str]:
    return {name.upper() for name in Settings.model_fields}


def _no_setting(name: str) -> Trouble:
    what = f"{PREFIX}{name}"
    if name in _PLANNED:
        return Trouble(f"{what}: Samleng has no webhook yet, and asks Telegram for updates instead. Take it out.")
    close = get_close_matches(name, _names(), n=1)
    do = f"Did you mean {PREFIX}{close[0]}?" if close else "Take it out, or look in README.md for what there is."
    return Trouble(f"{what}: there is no such setting. {do}")


def _trouble(fault: ValidationError) -> Trouble:
    first = fault.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0]).upper() if first["loc"] else ""
    name = name if name.startswith(PREFIX) else f"{PREFIX}{name}"
    why = first.get("ctx", {}).get("error") or first["msg"]
    return Trouble(f"{name}: {why}.")


class _Lines(logging.Filter):
    """Keeps which lines of .env could not be read, in place of dotenv's warning about them."""

    def __init__(self) -> None:
        super().__init__()
        self.faulty: list[int] = []

    def filter(self, record: logging.LogRecord) -> bool:
        self.faulty += [line for line in record.args or () if isinstance(line, int)]
        return False
