"""Looks whether everything is in order, and changes nothing."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.clocks import telegram_clock
from bot.database import check_database
from bot.disk import check_closed, check_free, check_keys, check_whole
from bot.get_me import bot_name
from bot.open_store import newer_database
from bot.settings import Settings, database_name, database_path, read_settings, token_missing
from bot.trouble import Trouble
from storage.store import utc_now


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and how it stands."""

    ok: bool
    text: str

    def __str__(self) -> str:
        return f"{'ok' if self.ok else 'FAIL'} {self.text}"


def check() -> Iterator[Finding]:
    """A line each for settings, database, token, fonts and catalogues."""
    try:
        settings = read_settings(token=False)
    except Trouble as trouble:
        yield Finding(ok=False, text=f"settings: {trouble}")
        for name in ("database", "token"):
            yield Finding(
                ok=False, text=f"{name}: not looked at, for the settings can't be read. Put them right first."
            )
    else:
        yield Finding(ok=True, text=f"settings: language {settings.language}, {settings.api_url}")
        yield _finding("database", lambda: _database(settings))
        yield _finding("token", lambda: _token(settings))
    yield _finding("fonts", _fonts)
    yield _finding("catalogues", _catalogues)


def _finding(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(ok=True, text=f"{name}: {look()}")
    except Trouble as trouble:
        return Finding(ok=False, text=f"{name}: {str(trouble).removeprefix(f'{name} ')}")


def _database(settings: Settings) -> str:
    from alembic.script import ScriptDirectory

    from storage import migrate

    name, path = database_name(settings), database_path(settings)
    if path is not None:
        check_free(path)
    revision = check_database(settings)
    check_keys(settings.keys)
    scripts = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations")))
    if revision is None:
        return f"{name} will be made by samleng run"
    if revision not in {script.revision for script in scripts.walk_revisions()}:
        raise newer_database(settings)
    if path is not None:
        check_whole(path)
    check_closed(path, settings.keys)
    if revision != scripts.get_current_head():
        return f"{name} will be brought up to date by samleng run"
    return f"{name} is up to date"


def _token(settings: Settings) -> str:
    if not settings.bot_token.get_secret_value():
        raise token_missing()
    name = asyncio.run(bot_name(settings))
    theirs = asyncio.run(telegram_clock(settings))
    if ahead := theirs.apart(utc_now()):
        minutes = round(ahead.total_seconds() / 60)
        wrong = f"{abs(minutes)} minutes {'ahead of' if minutes > 0 else 'behind'} Telegram's"
        raise Trouble(f"@{name} is known, but this machine's clock is {wrong}. Set it: timedatectl set-ntp true.")
    return f"@{name}"


def _fonts() -> str:
    """Whether there is a letter for all that pictures say."""
    from wording.catalogue import LOCALE, languages

    try:
        from digests.typeset import drawable

        shown = drawable()
    except (ImportError, OSError) as fault:
        raise Trouble(f"they can't be read ({type(fault).__name__}). Install Samleng anew: make demo.") from fault
    said = "".join(path.read_text("utf-8") for path in LOCALE.glob("*/LC_MESSAGES/*.po"))
    lacking = sorted({sign for sign in said if sign.isalnum() and ord(sign) not in shown})
    if lacking:
        raise Trouble(f"U+{ord(lacking[0]):04X} is missing, pictures would show gaps. Install Samleng anew: make demo.")
    return f"every letter of {', '.join(languages())} can be drawn"


def _catalogues() -> str:
    from babel.messages.pofile import PoFileError, read_po

    from wording.catalogue import DOMAIN, LOCALE, languages

    if not languages():
        raise Trouble(f"{LOCALE}: there is none. Put the folder back as it came with Samleng.")
    for language in languages():
        path = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        try:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language, abort_invalid=True)
        except (OSError, UnicodeError, PoFileError) as fault:
            raise Trouble(
                f"{path}: it can't be read ({type(fault).__name__}). Put the file back as it came."
            ) from fault
        lacking = [message for message in catalogue if message.id and (message.fuzzy or not _is_said(message.string))]
        if lacking:
            line = lacking[0].lineno
            raise Trouble(
                f"{path}: {len(lacking)} messages are not translated, the first in line {line}. Translate them."
            )
    return ", ".join(languages())


def _is_said(said: str | list[str] | tuple[str, ...] | None) -> bool:
    return all(said) if isinstance(said, list | tuple) else bool(said)
