"""What must be true of every screen, whatever the case."""

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any

from bot.drawing.drawer import Drawer
from bot.drawing.layout import Drawn, raw_rows
from bot.drawing.look import Draws
from conversations.arrival.guide import Guide
from conversations.notices import Notice
from conversations.refusals import Why
from conversations.results.post_digest import DigestPost
from conversations.results.read_digest import Data, Poster, Wall
from conversations.results.rename_point import RightName
from conversations.roles.team import PassInvitation
from conversations.scoring.score import Faces
from conversations.sessions.board import BoardFile
from conversations.sessions.live import Pack, PassOn, Qr
from digests.phrases import FACES
from storage.chats import BOTH
from storage.reply import Question
from wording.catalogue import language_name, languages

PASSED_ON = PassInvitation | PassOn | DigestPost | Poster | Wall | Data | Pack | Qr | Guide | BoardFile
MOST_SIGNS = 4096
MOST_CAPTION = 1024
MOST_BUTTON_BYTES = 64
MOST_TOAST = 200

_NO_WORDS = re.compile(r"https://\S+|/[a-z]+|@\w+|Telegram|Administrators|Excel|CSV|HXL|JSON|A[34]")
_LETTERS = {"km": re.compile(r"[A-Za-z]+"), "en": re.compile(r"[\u1780-\u17ff]+")}
"""Letters that say: this was not put into the language. Others have none."""


SEEN: set[str] = set()
"""What has been drawn in this process: the names of questions, notices and posts."""


class ScreenChecks:
    """Checks each screen as it is drawn. `typed`: what people wrote themselves, in whatever language."""

    def __init__(self) -> None:
        self.typed: set[str] = set()
        self.failed: list[Exception] = []

    def drawer(self, bot_name: str, referral: str, draws: Sequence[Draws]) -> Drawer:
        """A drawer whose every screen is checked. What fails is kept, for whoever has it drawn would only log it."""
        return _CheckedDrawer(bot_name, referral, draws, self)

    def hold(self) -> None:
        """Raise what failed first."""
        for failed in self.failed:
            raise failed

    def check(self, check: Callable[..., None], *args: Any) -> None:
        try:
            check(*args)
        except AssertionError as failed:
            self.failed.append(failed)

    def private(self, drawn: Drawn, shows: Question | Notice, language: str) -> None:
        self._any(drawn, shows)
        if not isinstance(shows, DigestPost):  # it shows what will be posted, in every language
            self._spoken(drawn, language, _names(shows))
        passed_on = isinstance(shows, PASSED_ON)
        assert drawn.protected != passed_on, f"protected or not: {drawn}"
        faces = [row for row in drawn.rows if [button.text.split()[0] for button in row] == list(FACES)]
        if not isinstance(shows, Question):
            assert not faces, f"faces where nothing is asked: {drawn}"
            return
        asked = shows.asking.prompt
        assert len(faces) == isinstance(asked, Faces), f"one row of five faces where scores are asked: {drawn}"
        assert any(button.text[0] in "✖⬅" for row in drawn.rows for button in row), f"no way out: {drawn}"

    def group(self, drawn: Drawn) -> None:
        self._any(drawn, None)
        assert not drawn.protected, f"a group's message is there to be passed on: {drawn}"

    def toast(self, text: str, language: str) -> None:
        assert len(text) <= MOST_TOAST, f"too long for the answer to a tap: {text}"
        self._spoken(Drawn(text), language)

    def _any(self, drawn: Drawn, shows: Question | Notice | None) -> None:
        text = plain(drawn.text)
        assert text.strip(), "a screen that says nothing"
        assert text == text.strip(), f"blanks around the text: {drawn}"
        most = MOST_CAPTION if drawn.pictures or drawn.document else MOST_SIGNS
        assert utf16(text) <= most, f"too long: {drawn}"
        assert utf16(plain(drawn.otherwise)) <= MOST_SIGNS, f"too long: {drawn.otherwise}"
        asks = isinstance(shows, Question)
        rows = raw_rows(drawn, shows.dialogue, shows.turn) if isinstance(shows, Question) else raw_rows(drawn)
        for button in (button for row in rows for button in row):
            assert button["text"].strip(), f"a button that says nothing: {drawn}"
            data = button.get("callback_data", "")
            assert len(data.encode()) <= MOST_BUTTON_BYTES, f"too long for a button: {data}"
            assert "url" in button or data[:2] == "d:" or not asks, f"a way past the question: {data}"

    def _spoken(self, drawn: Drawn, language: str, names: tuple[str, ...] = ()) -> None:
        said = "\n".join((plain(drawn.text), *(button.text for row in drawn.rows for button in row)))
        known = {*map(language_name, languages()), *self.typed, *names}
        for other in sorted(known, key=len, reverse=True):  # a name may begin with another
            said = said.replace(other, "")
        foreign = _LETTERS[language].findall(_NO_WORDS.sub("", said)) if language in _LETTERS else []
        assert not foreign, f"not in {language}: {foreign}\n{drawn}"


class _CheckedDrawer(Drawer):
    def __init__(self, bot_name: str, referral: str, draws: Sequence[Draws], checks: ScreenChecks) -> None:
        super().__init__(bot_name, referral, draws)
        self.checks = checks

    def private(self, shows: Question | Notice, language: str, note: Why | None = None) -> Drawn:
        drawn = super().private(shows, language, note)
        SEEN.add(type(shows.asking.prompt if isinstance(shows, Question) else shows).__name__)
        self.checks.check(self.checks.private, drawn, shows, language)
        return drawn

    def group(self, notice: Notice, language: str = BOTH) -> Drawn:
        drawn = super().group(notice, language)
        SEEN.add(type(notice).__name__)
        self.checks.check(self.checks.group, drawn)
        return drawn

    def note(self, note: Why, language: str) -> str:
        text = super().note(note, language)
        self.checks.check(self.checks.toast, text, language)
        return text


def _names(shows: Question | Notice) -> tuple[str, ...]:
    """The names that stand in another language on purpose: where a name is put right, both are shown."""
    prompt = shows.asking.prompt if isinstance(shows, Question) else None
    return (prompt.point.km, prompt.point.en) if isinstance(prompt, RightName) else ()


class _Plain(HTMLParser):
    """Reads Telegram's HTML: only b and i, each closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i"}, f"<{tag}> is none of ours"
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"


def plain(html: str) -> str:
    """A text as it is read."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"not closed: {html}"
    return reader.text


def utf16(text: str) -> int:
    """How long a text is as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
