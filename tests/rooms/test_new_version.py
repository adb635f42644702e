"""A room is gone in the next version: whoever was in the middle of it hears a kind word, and nobody else feels it."""

from typing import Any

import pytest
import sqlalchemy as sa
from sample_room.bot.drawing.tea import DRAWS as TEA_DRAWS
from sample_room.conversations.tea.make_tea import WhichTea
from sample_room.storage.tea.make_tea import READY
from sample_room.storage.tea.pots import pots
from sample_room.storage.tea.room import ROOM as TEA
from structlog.testing import capture_logs
from transcripts.chance import Chance
from transcripts.playing import Player
from transcripts.town import BOT, Town

from bot.drawing.rooms import DRAWS
from storage import tables
from storage.people import meet
from storage.rooms import ROOMS

BEFORE = """
Dara is a facilitator of Norea
The group Norea belongs to Norea
Dara has opened a session in Norea: health centre
"""
TEA_IS_READY = "Dara sends /tea\nDara taps green\nDara quickly taps cakes, ok\nDara writes “សូមអញ្ជើញ”\n"
TROUBLE = "Something went wrong on our side. Nothing you sent is lost. Please try again later."
OLD_BUTTON = "That button was an old one. Here is where you are now."


class Play:
    """Plays steps, and tells what people saw of the last ones, and what stands in the log as an error."""

    def __init__(self, town: Town, chance: Chance) -> None:
        self.town = town
        self.player = Player(town, chance)
        self.errors: list[Any] = []
        self._told = ""

    async def __call__(self, steps: str) -> str:
        with capture_logs() as logs:
            told = await self.player.play(steps)
        self.errors = [(log["event"], log) for log in logs if log["log_level"] == "error"]
        before, self._told = self._told, told
        return told.removeprefix(before.rstrip())

    async def answers(self, name: str) -> dict[str, Any]:
        """What a person has answered in the dialogue in progress."""
        person = await self.town.run(meet, BOT, self.player.person(name))
        return dict(person.dialogue.answers)


@pytest.fixture
def play(town: Town, chance: Chance) -> Play:
    return Play(town, chance)


@pytest.mark.parametrize("does", ["taps cakes", "writes “នំ”", "sends /start", "sends /cancel"])
async def test_a_dialogue_of_a_room_that_is_gone_ends_kindly(play: Play, does: str) -> None:
    """Whatever the person does next, they hear that it is no fault of theirs, and can begin something else."""
    await play(BEFORE + "Dara sends /tea\nDara taps green")
    play.town.rebuild(ROOMS, DRAWS)
    told = await play(f"Dara {does}")
    assert TROUBLE in told
    assert [(event, log["flow"]) for event, log in play.errors] == [("a dialogue of another version ends", "make_tea")]
    assert "Norea commune" in await play("Dara sends /sessions")
    assert "Start" in await play("Sokha opens the link")
    assert not play.errors


async def test_a_button_of_a_room_that_is_gone_is_answered_kindly(play: Play) -> None:
    """Nothing is poured, nothing is lost: the room comes back, and so does the tea."""
    await play(BEFORE + TEA_IS_READY + "Dara taps pour")
    play.town.rebuild(ROOMS, DRAWS)
    assert OLD_BUTTON in await play("Dara taps pour")
    assert [(event, log["entry"]) for event, log in play.errors] == [("a button leads nowhere", "unknown")]
    assert "Hello" in await play("Dara sends /tea")
    play.town.rebuild((*ROOMS, TEA), (*DRAWS, TEA_DRAWS))
    assert await play.town.run(lambda unit: unit.db.scalar(sa.select(pots.c.cups))) == 1


async def test_a_button_of_a_room_that_is_gone_costs_no_answer(play: Play) -> None:
    """In the middle of something else the person stays where they are."""
    await play(BEFORE + TEA_IS_READY + "Dara opens the link\nDara taps yes\nDara taps 4")
    before = await play.answers("Dara")
    play.town.rebuild(ROOMS, DRAWS)
    assert OLD_BUTTON in await play("Dara taps pour on message 2")
    assert await play.answers("Dara") == before
    assert "3/" in await play("Dara taps 4 on message 3")


async def test_a_post_of_a_room_that_is_gone_waits_and_holds_up_no_other(play: Play) -> None:
    """The group hears the last call meanwhile, and of the tea when the room is there again."""
    await play(BEFORE + "The courier sleeps\n" + TEA_IS_READY)
    play.town.rebuild(ROOMS, DRAWS)
    told = await play("The courier wakes\nDara sends /close\nDara taps call\nDara taps yes")
    assert "Bot to the group Norea, message 1" in told
    assert "tea" not in told.lower()
    assert ("posts of another version wait", (READY,)) in [(event, log.get("kinds")) for event, log in play.errors]
    waiting = sa.select(tables.post.c.kind).where(tables.post.c.state == "waiting")
    assert await play.town.run(lambda unit: unit.db.scalars(waiting).all()) == [READY]
    play.town.rebuild((*ROOMS, TEA), (*DRAWS, TEA_DRAWS))
    assert "There is tea at the scoring" in await play("1 minute later")
    assert not play.errors


@pytest.mark.parametrize("does", ["taps back", "taps other language", "writes “ទឹកតែ”"])
async def test_what_a_room_that_is_gone_laid_over_a_dialogue_is_taken_away(play: Play, does: str) -> None:
    """The person finds the question that they were at, and every answer they gave."""
    await play(BEFORE + "Sokha opens the link\nSokha taps yes, 4, 3")
    before = await play.answers("Sokha")
    await lay_over(play, "recipe")
    play.town.rebuild(ROOMS, DRAWS)
    told = await play(f"Sokha {does}")
    assert "3/" in told or "៣/" in told
    assert ("nothing lies over a dialogue", "recipe") in [(event, log.get("aside")) for event, log in play.errors]
    assert await play.answers("Sokha") == before
    await play("Sokha taps 5")
    assert (await play.answers("Sokha")).items() > before.items()
    assert "Start" in await play("Dara opens the link")
    assert not play.errors


async def test_an_answer_that_is_gone_is_asked_for_again(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the next version there is no green tea: what else was answered stays."""
    await play(BEFORE + "Dara sends /tea\nDara taps green\nDara taps cakes")
    monkeypatch.setattr(WhichTea, "fits", lambda _, value: value == "black")
    told = await play("Dara taps ok")
    assert "Which tea shall it be" in told
    assert "Please tap one of the buttons" in told
    assert "☑ cakes" in await play("Dara taps black")


async def lay_over(play: Play, aside: str) -> None:
    """A tap that lays something over a person's dialogue, from wherever it may come."""
    sokha = play.player.person("Sokha")
    chats = play.town.chats
    screen = chats.newest(sokha)
    data = chats.message(sokha, screen).rows[0][0]["callback_data"].rpartition(":")[0]
    await play.town.tap(sokha, f"{data}:!{aside}", screen)
