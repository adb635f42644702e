"""Plays a case: has the town act on its steps one after another, and writes down what people see."""

from raw_updates import Json, group
from transcripts import people_act, scenery
from transcripts.chance import Chance
from transcripts.steps import StepError, take
from transcripts.town import Town
from transcripts.writing import Transcript

LINES_SHOWN = 20

STEPS_ARE_READ_BY = (people_act, scenery)


class Player:
    """Plays one case in one language."""

    def __init__(self, town: Town, chance: Chance) -> None:
        self.town = town
        self.chance = chance
        self.transcript = Transcript()
        self.invitation = ""
        self.group_link = ""
        self.in_crowds = 0
        self.last: dict[int, Json] = {}
        self._people: dict[str, int] = {}
        self._groups: dict[str, int] = {}

    async def play(self, steps: str) -> str:
        """The transcript of a case."""
        __tracebackhide__ = True
        for number, line in enumerate(map(str.strip, steps.splitlines()), start=1):
            if line.startswith("#"):
                self.transcript.remark(line)
            elif line:
                await self._play(number, line)
        return self.transcript.text()

    async def saw(self, did: str, chat: int | None = None, *, quiet: bool = False) -> None:
        """Write down what was done, in a chat or nowhere, and what people saw of it; if `quiet`, only if any did."""
        await self.town.deliver()
        happened = self.town.chats.happened()
        if quiet and not happened:
            self.transcript.remark(f"\n{did}")
        else:
            groups = {id_: f"the group {title}" for title, id_ in self._groups.items()}
            names = {id_: name for name, id_ in self._people.items()} | groups
            self.transcript.did(did, happened, names, chat)

    def person(self, name: str) -> int:
        return self._people.setdefault(name, 1001 + len(self._people))

    def group(self, title: str) -> int:
        self.town.checks.typed.add(title)
        return self._groups.setdefault(title, -1001 - len(self._groups))

    def chat(self, title: str) -> Json:
        """A group as Telegram tells of it."""
        return group(self.group(title), title) | {"type": "group"}

    async def _play(self, number: int, line: str) -> None:
        __tracebackhide__ = True
        self.chance.sessions = len(await self.town.sessions())
        try:
            await take(self, line)
        except (AssertionError, StepError, KeyError) as fault:
            until = "\n".join(self.transcript.text().splitlines()[-LINES_SHOWN:])
            raise StepError(f"line {number}: {line}\n{fault}\n\nUntil then:\n{until}") from None
