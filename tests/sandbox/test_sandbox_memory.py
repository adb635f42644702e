"""A long run stays flat: all that is kept is bounded."""

import gc
import tracemalloc

import pytest

from sandbox import Sandbox, calls, chat, happenings, story, updates
from sandbox.happenings import tap, write

PEOPLE = 10
KEYBOARD = {"inline_keyboard": [[{"text": "✅ Go", "callback_data": "go"}]]}


@pytest.fixture
def _small(monkeypatch):
    """Bounds that are soon reached; each is one that is there anyway."""
    monkeypatch.setattr(chat, "HISTORY", 20)
    monkeypatch.setattr(calls, "KEPT", 100)
    monkeypatch.setattr(story, "KEPT", 50)
    monkeypatch.setattr(updates, "CONFIRMED", 50)
    monkeypatch.setattr(happenings, "QUERIES", 50)


@pytest.mark.usefixtures("_small")
async def test_memory_stays_flat_over_a_long_run():
    """Thousands of messages, taps, edits and deletions after a warm-up take no more than it took."""
    async with Sandbox(limits=False) as sandbox:
        bot = sandbox.world.bot(1)
        chats = [sandbox.world.private_chat(bot, sandbox.world.add_person(None, None, "km")) for _ in range(PEOPLE)]

        async def call(method, **given):
            await sandbox._call(bot, method, given)

        async def play(rounds):
            for number in range(rounds):
                for here in chats:
                    last = next(reversed(here.messages.values()), None)
                    write(sandbox.world, here, here.person, f"hello {number}", reply_to=last)
                    await call("sendMessage", chat_id=here.id, text=f"text {number}", reply_markup=KEYBOARD)
                    message = next(reversed(here.messages.values()))
                    query, _ = tap(sandbox.world, here, here.person, message, "go")
                    await call("answerCallbackQuery", callback_query_id=query.id, text=f"well {number}")
                    await call("editMessageText", chat_id=here.id, message_id=message.id, text=f"after {number}")
                    if number % 3 == 0:
                        await call("deleteMessage", chat_id=here.id, message_id=message.id)
                for _ in range(2):
                    batch = await bot.updates.poll(-1, 100, 0)
                    assert batch
            gc.collect()
            return tracemalloc.get_traced_memory()[0]

        tracemalloc.start()
        try:
            before = await play(40)
            after = await play(120)
        finally:
            tracemalloc.stop()
    assert sandbox.calls.errors.total() == 0
    assert after - before < 300_000, f"{(after - before) / 1e6:.1f} MB more"
