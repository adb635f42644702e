"""Whatever stands in an update, reading it gives a value, nothing, or a word that it can't be read."""

from copy import deepcopy
from functools import reduce
from operator import getitem

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_read import GROUP, ME, PAYLOAD, in_group, in_private, stands, tapped

from bot.telegram.read import KINDS, Received, UnreadableError, read

WELL_FORMED = (
    in_private(text=f"/start {PAYLOAD}"),
    in_private(text="hello", forward_origin={"type": "hidden_user", "date": 1}),
    in_private(caption="/help", photo=[{"file_id": "1"}]),
    in_group(text="/link"),
    in_group(text="5", reply_to_message={"message_id": 1, "from": {"id": ME.id}}),
    in_group(migrate_to_chat_id=-1009),
    tapped("d:abc:3:5"),
    tapped("l:en:session:1"),
    tapped("e:group_language:km", {"id": GROUP, "type": "group"}),
    stands("left", "member"),
    stands("member", "kicked", "private"),
)
MISSING = object()
SIGNS = st.text("ab:/@១9 \n\ud800", max_size=8)
WORDS = ("private", "group", "left", f"d:a:{'9' * 5000}:5", "/start@", "/", " ", "x" * 10_000)
THINGS = (MISSING, None, True, 0, -1.5, 10**30, [], {}, [[]], {"id": {}}, *WORDS)
JUNK = st.recursive(
    st.sampled_from(THINGS[1:]) | st.integers() | st.floats() | SIGNS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SIGNS, inner, max_size=3),
    max_leaves=5,
)


def places(part, path=()):
    """The way to each part of an update."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, content in inner:
        yield (*path, name)
        yield from places(content, (*path, name))


def outcome(update):
    """What is read, or the kind that is said to be unreadable."""
    try:
        return read(update, ME)
    except UnreadableError as fault:
        return fault.kind


def changed(update, way, thing):
    """An update with another thing in one of its places, or none there."""
    update = {"": deepcopy(update)}
    *way, last = ("", *way)
    part = reduce(getitem, way, update)
    part[last] = thing
    if thing is MISSING and way:
        del part[last]
    return update[""]


def is_well(found):
    return found is None or isinstance(found, Received) or found in {*KINDS, "none"}


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: repr(thing)[:20])
def test_each_part_of_an_update_may_be_another_thing(thing):
    """Whatever stands in the place of a part, an update gives a value, nothing, or a word that it can't be read."""
    for update in WELL_FORMED:
        for way in places(update):
            found = outcome(changed(update, way, thing))
            assert is_well(found), (way, found)


@given(st.sampled_from(WELL_FORMED), st.lists(st.tuples(st.randoms(), JUNK), min_size=1, max_size=4))
def test_many_parts_of_an_update_may_be_other_things(update, changes):
    """The same of several parts, one after another."""
    for random, thing in changes:
        update = changed(update, random.choice([(), *places(update)]), thing)
    assert is_well(outcome(update))


@pytest.mark.parametrize("number", [10**40, -(10**40), 2**63])
def test_numbers_that_nobody_can_keep(number):
    """An id of forty digits is unreadable, wherever it stands, also the update's own."""
    for update in (in_group(text="/link"), tapped("e:hello"), stands("left", "member")):
        kind = next(kind for kind in KINDS if kind in update)
        whose = "from" if kind == "callback_query" else "chat"
        assert outcome(changed(update, (kind, whose, "id"), number)) == kind
        assert outcome(changed(update, ("update_id",), number)) == kind


def test_signs_that_nobody_can_keep():
    """Half of a sign, and in titles the one that ends texts elsewhere, are left out; what they stand among is read."""
    assert outcome(in_private(text="he\ud800llo")).event.text == "hello"
    titled = changed(in_group(text="/link"), ("message", "chat", "title"), "Gr\0oup")
    assert outcome(titled).event.chat.title == "Group"
