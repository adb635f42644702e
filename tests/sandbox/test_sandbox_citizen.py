"""Simulated citizens with a small bot that asks as Samleng does."""

import asyncio
import json
from collections import Counter
from random import Random

import pytest
from waiting import CEILING

from sandbox.citizen import PLAIN, TEMPERAMENTS, play

LINK = "https://t.me/samleng_demo_bot?start=s-abc"
FACES = ["😠", "🙁", "😐", "🙂", "😀"]
FIGURES = "១២៣៤៥"


class ScoringBot:
    """Notice, three criteria, what to repair first (toggles), send, one question about oneself, thanks."""

    def __init__(self, api) -> None:
        self.api = api
        self.screens: dict[int, int] = {}
        self.answers: dict[int, list[str]] = {}
        self.toggled: dict[int, set[str]] = {}
        self.cast: dict[int, list[list[str]]] = {}
        self.asked: set[int] = set()

    def prompt(self, person: int):
        """Text and rows of (text, value)."""
        given = self.answers[person]
        back = [("⬅", "back"), ("✖", "leave")]
        if person in self.asked:
            return "Go on?", [[("✅ go on", "resume")]]
        match len(given):
            case 0:
                return "Notice", [[("✅ I agree", "yes")]]
            case 1 | 2 | 3:
                faces = [(f"{face} {figure}", figure) for face, figure in zip(FACES, FIGURES, strict=True)]
                return f"Criterion {len(given)}\nHow is it?", [faces, [("⏭ don't know", "skip")], back]
            case 4:
                chosen = self.toggled.get(person, set())
                rows = [[(f"{'☑' if key in chosen else '☐'} {key}", f"t{key}")] for key in ("a", "b", "c")]
                return "First?", [*rows, *([[("✅ done", "done")]] if chosen else []), back]
            case 5:
                return "Send?", [[("✅ send", "send")], [("📋 review", "review")], back]
            case 6:
                return "You are", [[("woman", "w"), ("man", "m")], [("⏭ rather not", "skip")]]
            case _:
                return "Thanks", []

    async def draw(self, person: int, *, new: bool = False):
        text, rows = self.prompt(person)
        turn = f"{len(self.answers[person])}{sorted(self.toggled.get(person, ()))}"
        markup = {
            "inline_keyboard": [
                [{"text": label, "callback_data": f"{turn}|{value}"} for label, value in row] for row in rows
            ]
        }
        if new:
            sent = await self.api("sendMessage", chat_id=person, text=text, reply_markup=markup)
            self.screens[person] = sent["message_id"]
        else:
            message = self.screens[person]
            await self.api("editMessageText", chat_id=person, message_id=message, text=text, reply_markup=markup)

    async def take(self, update):
        if "message" in update:
            person = update["message"]["from"]["id"]
            if person in self.answers:
                self.asked.add(person)
            self.answers.setdefault(person, [])
            await self.draw(person, new=True)
            return
        query = update["callback_query"]
        person = query["from"]["id"]
        turn, value = query["data"].split("|")
        await self.api("answerCallbackQuery", callback_query_id=query["id"])
        given = self.answers[person]
        if turn == f"{len(given)}{sorted(self.toggled.get(person, ()))}":
            match value:
                case "resume":
                    self.asked.discard(person)
                case "back":
                    given.pop()
                case key if key.startswith("t"):
                    self.toggled.setdefault(person, set()).symmetric_difference_update({key[1:]})
                case _:
                    given.append(value)
                    if value == "send":
                        self.cast.setdefault(person, []).append(given[1:4])
        await self.draw(person)

    async def run(self):
        offset = 0
        while True:
            for update in await self.api("getUpdates", offset=offset, timeout=50):
                offset = update["update_id"] + 1
                await self.take(update)


@pytest.fixture
async def bot(api):
    bot = ScoringBot(api)
    running = asyncio.create_task(bot.run())
    yield bot
    running.cancel()


@pytest.mark.parametrize("temperament", TEMPERAMENTS, ids=lambda t: t.name)
async def test_a_citizen_plays_to_the_end(temperament, people, bot):
    """What a citizen says it sent is what the bot got; those who stop and stay away sent nothing."""
    citizens = await people.add_many(8)
    played = await asyncio.gather(
        *(play(person, LINK, Random(seed), temperament, wait=CEILING) for seed, person in enumerate(citizens))
    )
    assert [each.error for each in played] == [None] * 8
    stays_away = temperament.stops and not temperament.returns
    assert [each.finished for each in played] == [not stays_away] * 8
    for each in played:
        scores = [
            ["skip" if a["score"] is None else FIGURES[a["score"] - 1] for a in sheet["answers"]] for sheet in each.sent
        ]
        assert scores == bot.cast.get(each.person, [])
    if not stays_away:
        assert played[0].sent[0]["answers"][0]["question"] == ["Criterion 1", "How is it?"]


async def test_a_citizen_reports_a_bot_that_does_nothing(people, api):
    """A tap that changes nothing is an error with the screen's text."""
    person = await people.add()
    await person.open(LINK)
    markup = {"inline_keyboard": [[{"text": "✅ go", "callback_data": "go"}]]}
    await api("sendMessage", chat_id=person.id, text="Stuck", reply_markup=json.dumps(markup))
    played = await play(person, None, Random(1), PLAIN, wait=0.3)
    assert played.error is not None
    assert "Stuck" in played.error
    assert not played.finished


@pytest.mark.usefixtures("bot")
async def test_people_who_like_the_same_score_alike(people):
    """What is liked little is scored lower by most, and those who say one thing of themselves a little lower still."""
    likes = {"Criterion 1": 1.5, "Criterion 2": 4.5}
    crowd = await people.add_many(30)
    played = await asyncio.gather(
        *(play(person, LINK, Random(seed), PLAIN, wait=CEILING, likes=likes) for seed, person in enumerate(crowd))
    )
    given = [[answer["score"] for answer in one.sent[0]["answers"]] for one in played]
    low, high = ([scores[which] for scores in given if scores[which]] for which in (0, 1))
    assert sum(high) / len(high) - sum(low) / len(low) > 2
    assert max(Counter(scores[2] for scores in given if scores[2]).values()) < 20, "what nobody was said to like"
