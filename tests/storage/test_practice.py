"""A practice leaves nothing: not a row but that something was tapped."""

import itertools
from collections.abc import Iterator

import pytest
from made import BOT, FACILITATOR
from test_entries import _next, tap
from world import Ground, built, grounded

from conversations.entries import Entry
from conversations.scoring.practise import Practised
from storage.people import meet


@pytest.fixture
def ground(tmp_path, database) -> Iterator[Ground]:  # noqa: ARG001 - one on each
    store, world = built(tmp_path)
    with grounded(store, world) as ground:
        yield ground
    store.close()


def test_nothing_of_it_is_kept(ground):
    """From the first tap to the last, each of whose screens says that it is a practice; twice, one after another."""
    before = ground.dump("seen_update", "ended_dialogue")
    updates = itertools.count(3_000)
    for _ in range(2):
        reply = ground.take(tap(FACILITATOR, Entry("practice"), next(updates)))
        while ground.work(meet, BOT, FACILITATOR).dialogue is not None:
            assert reply.shows.practice
            assert ground.dump("seen_update", "ended_dialogue", "dialogue") == {
                name: rows for name, rows in before.items() if name != "dialogue"
            }
            reply = ground.take(_next(ground, FACILITATOR, reply, next(updates)))
        assert isinstance(reply.shows, Practised)
        assert reply.shows.digest.releases
    assert ground.dump("seen_update", "ended_dialogue") == before
