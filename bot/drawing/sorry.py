"""What is said when something can't be done: what happened, and what to do next."""

from bot.drawing.layout import Drawn, other_languages
from conversations.notices import Sorry, Why
from wording.catalogue import Wording


def sorry(notice: Sorry, say: Wording) -> Drawn:
    return Drawn(why(notice.why, say), (other_languages(say, notice.entry),))


def why(reason: Why, say: Wording) -> str:
    """One or two sentences without markup."""
    match reason:
        case Why.USE_BUTTONS:
            return say.plain("Please tap one of the buttons.")
        case Why.USE_LINK:
            return say.plain("I did not understand that.")
        case Why.CHOOSE_ONE:
            return say.plain("Please choose at least one.")
        case Why.TOO_MANY:
            return say.plain("Please choose at most 12.")
        case Why.NAME_DOES_NOT_FIT:
            return say.plain("Please write only the name, at most 60 letters.")
        case Why.OLD_BUTTON:
            return say.plain("That button was an old one. Here is where you are now.")
        case Why.NO_SUCH_CODE:
            return say.plain("This link or code does not work. Please ask the facilitator for the right one.")
        case Why.TOO_MANY_CODES:
            return say.plain("That was the wrong code many times. Please wait 15 minutes and try again.")
        case Why.SESSION_OVER:
            return say.plain("This scoring is closed. The result comes to the commune’s group.")
        case Why.INVITATION_DEAD:
            return say.plain("This invitation was used or is too old. Please ask for a new one.")
        case Why.FACILITATORS_ONLY:
            return say.plain("Only facilitators can do this. If you are one, open your invitation link first.")
        case Why.NOTHING_OPEN:
            return say.plain("No scoring is open now. To open one, send /open.")
        case Why.NOTHING_BEGUN:
            return say.plain("There is nothing to leave. To begin, open the link or write the code you were given.")
        case Why.NOT_YOURS:
            return say.plain("This is not in one of your communes. Send /sessions to see what is open in yours.")
        case Why.PHONE_FULL:
            return say.plain("12 people have scored on this phone. Please use another phone.")
        case Why.GROUP_GONE:
            return say.plain("This group is linked already, or waited too long. Please send /link in the group again.")
        case Why.ALREADY_CLOSED:
            return say.plain("This scoring is closed already. Send /sessions to see what is open.")
        case Why.UP_TO_DATE:
            return say.plain("These are the newest numbers.")
        case Why.ON_ITS_WAY:
            return say.plain("It comes in a moment.")
        case Why.POSTED:
            return say.plain("It is on its way to the group.")
        case Why.POSTED_LATER:
            return say.plain("Good. It will be posted by itself.")
        case Why.RENAMED:
            return say.plain("The name is changed. Where the result stands already, it is rewritten.")
        case Why.NO_GROUP:
            return say.plain("No group is linked yet. Add me to the group and send /link there.")
        case Why.VILLAGES_OPEN:
            return say.plain("The scoring is still open in a village. Close it first, then put them together.")
        case Why.VILLAGES_FEW:
            return say.plain("There must be at least two villages that have scored and closed.")
        case Why.VILLAGES_SMALL:
            return say.plain("Too few people have scored in these villages to put them together yet.")
        case Why.TROUBLE:
            return say.plain("Something went wrong on our side. Nothing you sent is lost. Please try again later.")
