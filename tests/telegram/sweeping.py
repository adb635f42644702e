"""The courier's sweeps, one by one, and what came of them."""

import sqlalchemy as sa

from bot.telegram.courier import close, deliver_due
from storage import tables

DARA, GROUP = 1001, -1001
POST = tables.post.c


async def sweep(town):
    """One sweep, to its end."""
    await close(town._courier)
    await deliver_due(town._courier)
    for task in list(town._courier.busy.values()):
        await task


async def post(town, kind="digest"):
    """State, attempts and error of the post."""
    found = sa.select(POST.state, POST.attempts, POST.error).where(POST.kind == kind)
    return tuple(await town.run(lambda unit: unit.db.execute(found).one()))


def seen(town):
    """What people saw happen in the group."""
    return [event.shown.above for event in town.chats.happened() if event.chat == GROUP]


def screens_of(town, chat):
    """The texts of what came to a chat, and what its buttons send."""
    events = [event.shown for event in town.chats.happened() if event.chat == chat]
    return [(shown.text, [b.get("callback_data") for row in shown.rows for b in row]) for shown in events]
