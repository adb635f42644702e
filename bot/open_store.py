"""Makes everything ready on the disk, and opens the store."""

import asyncio
from typing import TYPE_CHECKING

from bot.database import engine_of, prepare_database
from bot.disk import prepare_keys
from bot.settings import Settings, database_name
from bot.trouble import Trouble, database_troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import sqlalchemy as sa

    from storage.store import Clock, Store


async def open_store(
    settings: Settings, *, clock: "Clock | None" = None, sure: "Callable[[datetime], datetime] | None" = None
) -> "Store":
    """A running store: folders made, database up to date, the cards shipped copied in. The caller closes it.

    sure: the moment that has passed for sure at a moment of our clock; the same where there is none to ask.

    Raises Trouble where the settings name a database or a key folder that can't be used.
    """
    from files.cards import shipped_cards
    from storage.cards import add_cards
    from storage.house import House
    from storage.keys import Keys
    from storage.rooms import ROOMS
    from storage.sealing import own_folder, sweep_orphans
    from storage.store import Store, utc_now
    from wording.catalogue import languages

    engine, _ = await asyncio.to_thread(_prepare, settings)
    cards = await asyncio.to_thread(shipped_cards)
    store = Store(
        engine,
        Keys(settings.keys),
        House(ROOMS),
        language=settings.language,
        languages=frozenset(languages()),
        silent=settings.silent_hours,
        clock=clock or utc_now,
        sure=sure or (lambda now: now),
    )
    try:
        with database_troubles(database_name(settings)):
            await store.run(add_cards, cards)
            ours = await store.run(own_folder)
            if ours:
                await store.run(sweep_orphans)
    except BaseException:
        store.close()
        raise
    if not ours:
        store.close()
        do = "Name the folder of this database's keys in SAMLENG_KEYS"
        raise Trouble(f"keys {settings.keys}: another database's keys are in it. {do}.")
    return store


def migrate_database(settings: Settings) -> bool:
    """Bring the database up to date, making it where there is none; whether there was anything to do.

    Raises Trouble as `open_store` does.
    """
    engine, changed = _prepare(settings)
    engine.dispose()
    return changed


def newer_database(settings: Settings) -> Trouble:
    what = f"database {database_name(settings)}"
    return Trouble(
        f"{what}: a later version of Samleng wrote it. Run that version, or put an older backup in its place."
    )


def _prepare(settings: Settings) -> "tuple[sa.Engine, bool]":
    from storage.migrate import DatabaseNewerError, migrate

    prepare_database(settings)
    prepare_keys(settings.keys)
    engine = engine_of(settings)
    try:
        with database_troubles(database_name(settings)):
            changed = migrate(engine)
    except DatabaseNewerError:
        engine.dispose()
        raise newer_database(settings) from None
    except BaseException:
        engine.dispose()
        raise
    return engine, changed
