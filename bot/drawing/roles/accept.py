"""How an invitation looks, and what somebody is by it."""

from bot.drawing.layout import Button, Drawn, other_languages, ways_out, yes
from bot.drawing.look import Bot
from bot.drawing.roles.names import listed
from conversations.engine import Asking
from conversations.entries import OPEN
from conversations.prompts import YES
from conversations.roles.accept_invitation import AcceptRole, MyRoles
from scorecard.role import ACTS, Act, Role
from wording.catalogue import Wording


def accept_role(_: Asking, prompt: AcceptRole, say: Wording) -> Drawn:
    invited = {
        Role.FACILITATOR: say("You are invited to be a facilitator of the community scorecard in:"),
        Role.COORDINATOR: say("You are invited to be a coordinator of the community scorecard in:"),
        Role.ADMINISTRATOR: say("You are invited to look after the community scorecard in:"),
    }
    text = invited[prompt.role] + "\n" + listed(prompt.communes, say)
    return Drawn(text, ((yes(say.plain("Accept"), YES),), ways_out(say, back=False)))


def my_roles(notice: MyRoles, say: Wording, bot: Bot) -> Drawn:
    headings = {
        Role.FACILITATOR: say("<b>Welcome! You are a facilitator in:</b>"),
        Role.COORDINATOR: say("<b>Welcome! You are a coordinator in:</b>"),
        Role.ADMINISTRATOR: say("<b>Welcome! You look after the scorecard in:</b>"),
    }
    if notice.already:
        headings[Role.FACILITATOR] = say("<b>You are a facilitator already, in:</b>")
        headings[Role.COORDINATOR] = say("<b>You are a coordinator already, in:</b>")
        headings[Role.ADMINISTRATOR] = say("<b>You look after the scorecard already, in:</b>")
    parts = [f"{headings[role]}\n{listed(communes, say)}" for role, communes in notice.roles]
    if notice.commands:
        parts.append(bot.for_facilitators(notice.commands, say))
    rows: tuple[tuple[Button, ...], ...] = ()
    if any(Act.OPEN in ACTS[role] for role, _ in notice.roles):
        parts.append(say("Add me to the commune’s group, so that the group receives the results."))
        rows = ((Button(say.plain("Open scoring"), entry=OPEN()),), (bot.add_to_group(say),))
    return Drawn("\n\n".join(parts), (*rows, other_languages(say, notice.entry)))
