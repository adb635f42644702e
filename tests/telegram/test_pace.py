"""The pace at which posts go out: each chat's limit and pause is its own."""

import asyncio

import pytest
from telegram.error import RetryAfter

from bot.telegram.by_ptb import _Pace


async def said(pace, chat, made, fault=None):
    """One message to a chat, if it may go now."""

    async def callback():
        made.append(chat)
        if fault is not None:
            raise fault

    await pace.process_request(callback, (), {}, "sendMessage", {"chat_id": chat}, None)


async def test_a_group_that_has_had_enough_holds_up_no_other():
    """The 21st message in a minute waits; another group's, a person's and what is for no chat go at once."""
    pace, made = _Pace(), []
    for _ in range(20):
        await said(pace, -1, made)
    waits = asyncio.create_task(said(pace, -1, made))
    for chat in (-2, 5, None):
        await said(pace, chat, made)
    assert made == [-1] * 20 + [-2, 5, None]
    assert not waits.done()
    waits.cancel()


async def test_a_pause_is_not_waited_for_here():
    """Who is asked to wait says so at once, and the next call is made as if nothing had been."""
    pace, made = _Pace(), []
    with pytest.raises(RetryAfter):
        await said(pace, -1, made, RetryAfter(600))
    await said(pace, -1, made)
    await said(pace, 5, made)
    assert made == [-1, -1, 5]


async def test_quiet_groups_are_forgotten():
    """However many groups there are, the paces of those that were quiet are not kept."""
    pace, made = _Pace(), []
    pace._groups = {chat: pace._group(chat) for chat in range(-501, 0)}
    for _ in range(20):
        await pace._groups[-7].acquire()
    await said(pace, -900, made)
    assert set(pace._groups) == {-7, -900}
