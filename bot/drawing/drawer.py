"""Draws whatever a unit of work answers."""

from collections.abc import Sequence
from dataclasses import replace

from bot.drawing.layout import Drawn
from bot.drawing.look import Bot, Draws, practice_line
from conversations.engine import Asking
from conversations.notices import Notice
from conversations.prompts import Prompt
from conversations.refusals import Why
from scorecard.digest import Digest
from scorecard.place import Location, ServicePoint
from scorecard.session import Session
from storage.chats import BOTH
from storage.reply import Question
from wording.catalogue import Wording, escaped, languages


class Drawer:
    """Draws for one bot, as the rooms look."""

    def __init__(self, bot_name: str, referral: str, draws: Sequence[Draws]) -> None:
        whys = {str(why): look for one in draws for why, look in one.whys.items()}
        self.commands = {name: described for one in draws for name, described in one.commands.items()}
        acts = {kind.__name__: look for one in draws for kind, look in one.acts.items()}
        self.bot = Bot(bot_name, referral, whys, self.commands, acts)
        self._prompts = {kind: look for one in draws for kind, look in one.prompts.items()}
        self._welcomes = {kind: look for one in draws for kind, look in one.welcomes.items()}
        self._notices = {kind: look for one in draws for kind, look in one.notices.items()}
        self._in_groups = {kind: look for one in draws for kind, look in one.in_groups.items()}

    def private(self, shows: Question | Notice, language: str, note: Why | None = None) -> Drawn:
        """A screen of a private chat; `note` stands above it. What is only for groups looks as it does there."""
        say, where = Wording(language), _where(shows.asking.prompt if isinstance(shows, Question) else shows)
        say = say if where is None else say.at(where)
        if isinstance(shows, Question):
            drawn = self._question(shows.asking, say)
            if shows.practice:
                drawn = replace(drawn, text=f"{practice_line(say)}\n\n{drawn.text}")
        elif (look := self._notices.get(type(shows))) is not None:
            drawn = look(shows, say, self.bot)
        else:
            drawn = self.group(shows, language)
        if note is None:
            return drawn
        return replace(drawn, text=f"<i>{escaped(self.note(note, language))}</i>\n\n{drawn.text}")

    def _question(self, asking: Asking, say: Wording) -> Drawn:
        prompt = asking.prompt
        if (look := self._welcomes.get(type(prompt))) is not None:
            return look(asking, prompt, say, self.bot)
        return self._prompts[type(prompt)](asking, prompt, say)

    def note(self, why: Why, language: str) -> str:
        """The answer to a tap: one or two sentences without markup."""
        return self.bot.why(why, Wording(language))

    def group(self, notice: Notice, language: str = BOTH) -> Drawn:
        """A message for a commune's group, in its language or in all of them."""
        said = languages() if language not in languages() else (language,)
        return self._in_groups[type(notice)](notice, said, self.bot)


def _where(shown: Prompt | Notice) -> Location | None:
    """The one place that a screen is about, by whatever it knows of it; None where it knows of none, or of several."""
    for name in ("session", "digest", "point", "location", "place", "commune"):
        match getattr(shown, name, None):
            case Location() as location:
                return location
            case (
                Session(location=location)
                | ServicePoint(location=location)
                | Digest(session=Session(location=location))
            ):
                return location
    return None
