"""Why a session was cancelled, in words for whatever room."""

from scorecard.session import CancelReason
from wording.catalogue import Wording


def reason_name(reason: CancelReason, say: Wording) -> str:
    names = {
        CancelReason.WRONG_PLACE: say.plain("It was opened for the wrong place"),
        CancelReason.WRONG_SERVICES: say.plain("The wrong services were scored"),
        CancelReason.WRONG_PEOPLE: say.plain("People from elsewhere took part"),
        CancelReason.DISTURBED: say.plain("Something happened at the meeting"),
    }
    return names[reason]
