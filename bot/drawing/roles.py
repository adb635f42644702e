"""How roles look."""

from bot.drawing.layout import Button, Drawn, other_languages, ways_out, yes
from bot.drawing.look import Bot, Draws
from conversations.engine import Asking
from conversations.entries import OPEN
from conversations.prompts import YES
from conversations.roles.accept_invitation import INVITATION_DEAD, AcceptRole, NowFacilitator
from wording.catalogue import Wording, escaped
from wording.names import location_name


def accept_role(_: Asking, prompt: AcceptRole, say: Wording) -> Drawn:
    communes = "\n".join(escaped(location_name(place, say)) for place in prompt.communes)
    text = say("You are invited to be a facilitator of the community scorecard in:") + "\n" + communes
    return Drawn(text, ((yes(say.plain("Accept"), YES),), ways_out(say, back=False)))


def now_facilitator(notice: NowFacilitator, say: Wording, bot: Bot) -> Drawn:
    communes = "\n".join(escaped(location_name(place, say)) for place in notice.communes)
    welcome = say("<b>Welcome! You are a facilitator in:</b>")
    text = "\n\n".join(
        (
            (say("<b>You are a facilitator already, in:</b>") if notice.already else welcome) + f"\n{communes}",
            bot.for_facilitators(notice.commands, say),
            say("Add me to the commune’s group, so that the group receives the results."),
        )
    )
    open_ = Button(say.plain("Open scoring"), entry=OPEN())
    return Drawn(text, ((open_,), (bot.add_to_group(say),), other_languages(say, notice.entry)))


DRAWS = Draws(
    prompts={AcceptRole: accept_role},
    notices={NowFacilitator: now_facilitator},
    whys={
        INVITATION_DEAD: lambda say: say.plain("This invitation was used or is too old. Please ask for a new one."),
    },
)
