"""Opening a session."""

from dataclasses import replace
from pathlib import Path

import pytest
from made import BOT, COMMUNE, FACILITATOR, new_store, with_session

from conversations.sessions.open_session import OpenSession
from conversations.sessions.settings import Settings
from files.cards import shipped_cards
from scorecard.card import OVERALL, Service
from scorecard.payload import CODE_BYTES
from scorecard.session import Closing
from storage import tables
from storage.cards import add_cards
from storage.people import Person, new_dialogue
from storage.sessions.last_time import last_time
from storage.sessions.open_session import open_session
from storage.unit import Unit


@pytest.mark.parametrize("taken", [99, 100])
async def test_a_code_that_is_free_is_looked_for_and_not_for_ever(tmp_path: Path, taken: int) -> None:
    """Chance gives the code of another session again and again: the hundredth is taken; else that alone fails."""
    store = new_store(tmp_path)
    held = await with_session(store)
    codes = iter([held.session.code] * taken + ["00000007"] * 2)

    def another(unit: Unit) -> str:
        def draw(number: int) -> bytes:
            return int(next(codes)).to_bytes(CODE_BYTES) if number == CODE_BYTES else unit.draw(number)

        command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR)
        return open_session(replace(unit, draw=draw), BOT, FACILITATOR, None, command).session.code

    if taken < 100:
        assert await store.run(another) == "00000007"
    else:
        with pytest.raises(RuntimeError, match="no code is free"):
            await store.run(another)
    store.close()


def settings(unit: Unit, person: int = FACILITATOR) -> Settings:
    """What somebody finds chosen who begins to open a session."""
    begun = new_dialogue(unit, Person(BOT, person, "en", None), "open_session", {}, None, None)
    return last_time(unit, begun, (COMMUNE,))


def chosen(number: int) -> tuple[str, ...]:
    """The last criteria of the commune office's card, so many."""
    return tuple(criterion.key for criterion in shipped_cards()[0].single[-number:])


async def test_what_was_chosen_last_stands_the_next_time(tmp_path: Path) -> None:
    """Of each kind of service its last, for whoever chose it; of others' sessions nothing."""
    store = new_store(tmp_path)
    await with_session(store)
    office = Service.COMMUNE_OFFICE
    assert await store.run(settings) == Settings()
    first = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR, criteria={office: chosen(4)})
    held = await store.run(open_session, BOT, FACILITATOR, None, first)
    asked = [criterion.key for criterion in held.session.points[0].criteria]
    assert asked == [criterion.key for criterion in shipped_cards()[0].asking(chosen(4))]
    assert len([key for key in asked if key != OVERALL]) == 4
    without_office = OpenSession(COMMUNE, (2, 3), (), Closing.ONE_HOUR, compares=False)
    await store.run(open_session, BOT, FACILITATOR, None, without_office)
    await store.run(open_session, BOT, FACILITATOR + 1, None, OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR))
    assert await store.run(settings) == Settings(compares=False, criteria={office: chosen(4)})
    assert await store.run(settings, FACILITATOR + 1) == Settings()
    await store.run(open_session, BOT, FACILITATOR, None, OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR))
    assert await store.run(settings) == Settings()
    store.close()


async def test_a_new_cards_own_criteria_are_the_usual_ones(tmp_path: Path) -> None:
    """Who never chose is asked for no old card's criteria; a choice that is not there any more falls away."""
    store = new_store(tmp_path)
    await with_session(store)
    card = shipped_cards()[0]
    newer = replace(card, version="2099.1", criteria=tuple(reversed(card.single)))
    await store.run(add_cards, (newer,))
    assert await store.run(settings) == Settings()
    command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR, criteria={card.service: ("gone", "away", "no", "more")})
    held = await store.run(open_session, BOT, FACILITATOR, None, command)
    assert held.session.points[0].criteria == newer.asked
    store.close()


async def test_a_card_that_cannot_be_read_keeps_nobody_from_opening(tmp_path: Path) -> None:
    """What was chosen of it is not known any more, and that is all."""
    store = new_store(tmp_path)
    await with_session(store)
    command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR, criteria={Service.COMMUNE_OFFICE: chosen(4)})
    await store.run(open_session, BOT, FACILITATOR, None, command)
    await store.run(lambda unit: unit.db.execute(tables.card.update().values(body="{")))
    assert await store.run(settings) == Settings()
    store.close()
