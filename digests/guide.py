"""The facilitators' guide: one page, printed from the chat, and the same in docs/facilitators.md."""

from dataclasses import dataclass

from digests.typeset import Paper, typeset
from wording.catalogue import Wording


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a facilitator's day. `never`: what is not to be done."""

    heading: str
    lines: tuple[str, ...]
    never: bool = False


def title(say: Wording) -> str:
    return say.plain("A facilitator’s day")


def parts(say: Wording) -> tuple[Part, ...]:
    """What is to be done, in its order."""
    return (
        Part(
            say.plain("Before the meeting"),
            (
                say.plain(
                    "Open your invitation link and tap “{accept}”. Add me to the commune’s group, and confirm there.",
                    accept=say.plain("Accept"),
                ),
                say.plain("Send /practice and go through a whole meeting once: nothing of it is kept."),
                say.plain("Send /open: choose the place, the services, when it closes, and when the group sees it."),
                say.plain(
                    "For another day tap “{plan}”: I remind you, and it opens by itself.",
                    plan=say.plain("At another time"),
                ),
            ),
        ),
        Part(
            say.plain("At the meeting"),
            (
                say.plain("Show the QR picture, or read out the code. Up to 4 people can share one phone."),
                say.plain("Say: nobody sees who said what. Whoever does not want to, need not."),
                say.plain("Look at my message: it shows roughly how many have sent, and if women and youth are there."),
                say.plain("8 phones are needed before anything can be shown."),
                say.plain(
                    "For a break tap “{pause}”; if people still come, “{longer}”; to call the others, “{remind}”.",
                    pause=say.plain("Pause"),
                    longer=say.plain("1 hour longer"),
                    remind=say.plain("Remind the group"),
                ),
            ),
        ),
        Part(
            say.plain("When something is wrong"),
            (
                say.plain(
                    "Wrong village, service or year: tap “{right}”, as long as nobody has sent anything.",
                    right=say.plain("Put right"),
                ),
                say.plain("Later: cancel it and open it anew. From 8 phones on only your coordinator can cancel."),
                say.plain("Your phone is lost: your coordinator gives your scorings to a colleague."),
            ),
        ),
        Part(
            say.plain("Afterwards"),
            (
                say.plain("Send /close. After the last call it can’t be opened again."),
                say.plain(
                    "Look at what the group will see. Tap “{post}”, or leave it for the day you chose.",
                    post=say.plain("Post now"),
                ),
                say.plain("Note how many people were there. Send /sessions to find everything again."),
            ),
        ),
        Part(
            say.plain("Never"),
            (
                say.plain("Never look at anybody’s phone, and never ask what somebody chose."),
                say.plain("Never score for others, and never say which face to tap."),
                say.plain("Never promise what others have to do."),
            ),
            never=True,
        ),
    )


def guide(language: str, referral: str) -> bytes:
    """The page as a PDF. Takes its time: call it in a thread. `referral`: whom to call for something grave."""
    say = Wording(language)
    grave = say.plain(
        "Something grave, such as abuse or a threat: do not write it here. Call {number}.", number=referral
    )
    data = {
        "language": language,
        "title": title(say),
        "parts": [{"heading": one.heading, "lines": one.lines, "never": one.never} for one in parts(say)],
        "grave": grave if referral else "",
    }
    return typeset("guide.typ", data, Paper.A4)


def as_markdown(language: str) -> str:
    """The same as Markdown."""
    say = Wording(language)
    texts = [f"## {title(say)}"]
    for part in parts(say):
        texts.append(f"### {part.heading}")
        texts.append("\n".join(f"- {line}" for line in part.lines))
    return "\n\n".join(texts) + "\n"
