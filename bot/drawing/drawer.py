"""Draws whatever a unit of work answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, assert_never

from bot.drawing import arrival as notices
from bot.drawing import groups as group
from bot.drawing import results as digest
from bot.drawing import scoring as citizen
from bot.drawing import sessions as facilitator
from bot.drawing.layout import Drawn, ways_out
from bot.drawing.sorry import sorry, why
from conversations import prompts as asked
from conversations.engine import Asking
from conversations.notices import (
    AskPrivately,
    ChooseCommune,
    ChooseLanguage,
    Closed,
    Data,
    DigestPost,
    Ended,
    GroupLanguage,
    GroupLinked,
    GroupNotice,
    Hello,
    Help,
    HowProtected,
    JustClosed,
    LastCall,
    Left,
    LinkRefused,
    NoDigestYet,
    Notice,
    NowFacilitator,
    Opened,
    Pack,
    PassOn,
    Poster,
    ReadDigest,
    Sessions,
    Sorry,
    Thanks,
    Wall,
    Why,
)
from storage.chats import BOTH
from storage.reply import Question
from wording.catalogue import Wording, escaped, languages


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws for one bot. `referral`: whom to call for something grave."""

    bot_name: str
    referral: str

    def private(self, shows: Question | Notice, language: str, note: Why | None = None) -> Drawn:
        """A screen of a private chat; `note` stands above it."""
        if isinstance(shows, DigestPost):
            return self.group(shows, language)
        say = Wording(language)
        drawn = self._prompt(shows.asking, say) if isinstance(shows, Question) else self._notice(shows, say)
        if note is None:
            return drawn
        return replace(drawn, text=f"<i>{escaped(why(note, say))}</i>\n\n{drawn.text}")

    def note(self, note: Why, language: str) -> str:
        """The answer to a tap."""
        return why(note, Wording(language))

    def group(self, notice: Notice, language: str = BOTH) -> Drawn:
        """A message for a commune's group, in its language or in all of them."""
        if not isinstance(notice, GroupNotice):
            raise TypeError(f"not for a group: {type(notice).__name__}")
        said = languages() if language not in languages() else (language,)
        match notice:
            case DigestPost():
                return digest.digest_post(notice, said, self.bot_name)
            case GroupLinked():
                return group.group_linked(notice, said)
            case GroupLanguage():
                return group.group_language(notice, said)
            case LastCall():
                return group.last_call(notice, said, self.bot_name)
            case NoDigestYet():
                return group.no_digest_yet(notice, said)
            case AskPrivately():
                return group.ask_privately(notice, said, self.bot_name)
            case ChooseCommune():
                return group.choose_commune(notice, said, self.bot_name)
            case LinkRefused():
                return group.link_refused(notice, said, self.bot_name)
            case _:
                assert_never(notice)

    def _prompt(self, asking: Asking, say: Wording) -> Drawn:
        if isinstance(asking.prompt, asked.Privacy):
            return Drawn(notices.how_protected(say), (ways_out(say, back=True, leave=False),))
        return _PROMPTS[type(asking.prompt)](asking, asking.prompt, say)

    def _notice(self, notice: Notice, say: Wording) -> Drawn:
        match notice:
            case Thanks():
                return notices.thanks(notice, say, self.referral)
            case PassOn():
                return notices.pass_on(notice, say, self.bot_name)
            case Pack():
                return digest.pack(notice, say, self.bot_name)
            case Hello() | Help() | HowProtected() | ChooseLanguage() | Ended() | Left() | Sorry():
                return _NOTICES[type(notice)](notice, say)
            case NowFacilitator() | GroupLinked() | Opened() | Sessions() | JustClosed() | Closed():
                return _NOTICES[type(notice)](notice, say)
            case ReadDigest() | Poster() | Wall() | Data():
                return _NOTICES[type(notice)](notice, say)
            case _ if isinstance(notice, GroupNotice):
                return self.group(notice)
            case _:
                assert_never(notice)


_PROMPTS: dict[type, Callable[[Asking, Any, Wording], Drawn]] = {
    asked.Welcome: citizen.welcome,
    asked.UsedServices: citizen.used_services,
    asked.WhichPoint: citizen.which_point,
    asked.Faces: citizen.faces,
    asked.FirstRepair: citizen.first_repair,
    asked.Send: citizen.send,
    asked.AskGender: citizen.ask_gender,
    asked.AskAge: citizen.ask_age,
    asked.WhichSeat: citizen.which_seat,
    asked.CorrectWhich: citizen.correct_which,
    asked.Look: citizen.look,
    asked.Leave: citizen.leave,
    asked.GoOn: citizen.go_on,
    asked.WhichCommune: facilitator.which_commune,
    asked.WhichPlace: facilitator.which_place,
    asked.WhichPoints: facilitator.which_points,
    asked.PointName: facilitator.point_name_line,
    asked.RightName: facilitator.right_name,
    asked.WhichClosing: facilitator.which_closing,
    asked.OpenNow: facilitator.open_now,
    asked.WhichSession: facilitator.which_session,
    asked.HowToClose: facilitator.how_to_close,
    asked.CloseNow: facilitator.close_now,
    asked.WhichName: facilitator.which_name,
    asked.LinkTo: facilitator.link_to,
    asked.AcceptRole: facilitator.accept_role,
}

_NOTICES: dict[type, Callable[[Any, Wording], Drawn]] = {
    Hello: notices.hello,
    Help: notices.help_,
    HowProtected: notices.privacy_notice,
    ChooseLanguage: notices.choose_language,
    Ended: notices.ended,
    Left: notices.left,
    Sorry: sorry,
    NowFacilitator: notices.now_facilitator,
    GroupLinked: notices.group_linked,
    Opened: notices.opened,
    Sessions: notices.sessions,
    JustClosed: digest.just_closed,
    Closed: digest.closed,
    ReadDigest: digest.read_digest,
    Poster: digest.poster_pictures,
    Wall: digest.wall,
    Data: digest.data,
}
