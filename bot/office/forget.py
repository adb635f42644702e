"""Has a person or a whole session forgotten, for an operator who was asked to."""

from bot.open_store import open_store
from bot.settings import Settings, bot_id, database_name
from bot.trouble import Trouble, database_troubles


async def forget_person(settings: Settings, person: int) -> None:
    """Erase all that is kept of the person with this number at Telegram. Raises Trouble."""
    from storage.arrival.forget_me import forget

    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            kept = await store.run(forget, bot_id(settings), person)
    finally:
        store.close()
    if kept is not None:
        raise Trouble(
            f"person {person}: a scoring that they opened is still open. Let it be closed, or forget it first."
        )


async def forget_session(settings: Settings, which: str) -> tuple[int, ...]:
    """Erase the session with this link, or code while it is open, and what it was put together with; the numbers of
    all those. Raises Trouble.
    """
    from scorecard.payload import find_code, find_payload
    from storage.scoring.forget_session import forget_session
    from storage.session import by_code, by_payload
    from storage.unit import Unit

    payload, code = find_payload(which), find_code(which) or ""

    def work(unit: Unit) -> tuple[int, ...] | None:
        held = by_payload(unit, payload) if payload else by_code(unit, code)
        return None if held is None or held.bot != bot_id(settings) else forget_session(unit, held)

    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            forgotten = await store.run(work)
    finally:
        store.close()
    if forgotten is None:
        raise Trouble("session: there is none with this link or code. Copy the link below its result in the group.")
    return forgotten
