"""Draws whatever a unit of work answers."""

from collections.abc import Sequence
from dataclasses import replace

from bot.drawing.layout import Drawn
from bot.drawing.look import Bot, Draws
from conversations.notices import Notice
from conversations.refusals import Why
from storage.chats import BOTH
from storage.reply import Question
from wording.catalogue import Wording, escaped, languages


class Drawer:
    """Draws for one bot, as the rooms look."""

    def __init__(self, bot_name: str, referral: str, draws: Sequence[Draws]) -> None:
        whys = {str(why): look for one in draws for why, look in one.whys.items()}
        self.commands = {name: described for one in draws for name, described in one.commands.items()}
        self.bot = Bot(bot_name, referral, whys, self.commands)
        self._prompts = {kind: look for one in draws for kind, look in one.prompts.items()}
        self._notices = {kind: look for one in draws for kind, look in one.notices.items()}
        self._in_groups = {kind: look for one in draws for kind, look in one.in_groups.items()}

    def private(self, shows: Question | Notice, language: str, note: Why | None = None) -> Drawn:
        """A screen of a private chat; `note` stands above it. What is only for groups looks as it does there."""
        say = Wording(language)
        if isinstance(shows, Question):
            drawn = self._prompts[type(shows.asking.prompt)](shows.asking, shows.asking.prompt, say)
        elif (look := self._notices.get(type(shows))) is not None:
            drawn = look(shows, say, self.bot)
        else:
            drawn = self.group(shows, language)
        if note is None:
            return drawn
        return replace(drawn, text=f"<i>{escaped(self.note(note, language))}</i>\n\n{drawn.text}")

    def note(self, why: Why, language: str) -> str:
        """The answer to a tap: one or two sentences without markup."""
        return self.bot.why(why, Wording(language))

    def group(self, notice: Notice, language: str = BOTH) -> Drawn:
        """A message for a commune's group, in its language or in all of them."""
        said = languages() if language not in languages() else (language,)
        return self._in_groups[type(notice)](notice, said, self.bot)
