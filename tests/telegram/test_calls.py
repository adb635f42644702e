"""What goes over the wire, looked at without one."""

from dataclasses import replace

from test_read import SOKHA

from bot.drawing.drawer import Drawer
from bot.drawing.layout import Button, Document, Drawn
from bot.drawing.rooms import DRAWS
from bot.telegram.call import File
from bot.telegram.calls import (
    Sending,
    answer,
    document_call,
    opening,
    picture_call,
    reply_calls,
    telling,
    text_call,
    with_file,
)
from conversations.arrival.hello import Hello, HowProtected
from conversations.chat import Chat, ChatKind, Screen
from conversations.engine import Asking
from conversations.refusals import OLD_BUTTON
from conversations.roles.accept_invitation import MyRoles
from conversations.scoring.about_you import AskAge
from conversations.sessions.live import UP_TO_DATE
from digests.poster import Picture
from storage.reply import Question, Reply

DRAWER = Drawer("samleng_bot", "1288", DRAWS)
GROUP = -1001234567890
DRAWN = Drawn("caption", ((Button("more", url="https://t.me"),),), protected=False, title="title", otherwise="text")
KEYBOARD = {"inline_keyboard": [[{"text": "more", "url": "https://t.me"}]]}
ONE, TWO = (Picture("overview", {"page": page}) for page in (1, 2))


def methods(steps):
    return [step.method for step in steps]


def test_a_new_screen():
    """A question is sent with its buttons, protected; what is to be said stands above it."""
    question = Question("abc", 3, Asking(AskAge(options=("15-30",))))
    (step,) = reply_calls(SOKHA, Reply("en", question, note=OLD_BUTTON), DRAWER)
    assert (step.method, step.instead) == ("sendMessage", None)
    assert (step.params["chat_id"], step.params["protect_content"], step.params["parse_mode"]) == (SOKHA, True, "HTML")
    assert step.params["text"].startswith("<i>That button was an old one.")
    assert step.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "d:abc:3:15-30"


def test_a_screen_rewritten():
    """A screen is rewritten without the note, which answers the tap; where that can't be, it is sent anew."""
    (step,) = reply_calls(SOKHA, Reply("en", Hello(), screen=Screen(SOKHA, 7), note=UP_TO_DATE), DRAWER)
    assert (step.method, step.params["message_id"]) == ("editMessageText", 7)
    assert "newest numbers" not in step.params["text"]
    assert "protect_content" not in step.params
    assert step.instead.method == "sendMessage"
    assert "message_id" not in step.instead.params
    assert step.instead.params["text"] == step.params["text"]


def test_what_goes_with_a_screen():
    """First the screen, then an old one goes, then what is to be passed on, and a facilitator's commands."""
    reply = Reply(
        "en",
        MyRoles(()),
        screen=Screen(SOKHA, 7),
        gone=Screen(SOKHA, 5),
        extra=HowProtected(),
        commands=("open", "help"),
    )
    steps = reply_calls(SOKHA, reply, DRAWER)
    assert methods(steps) == ["editMessageText", "deleteMessage", "sendMessage", "setMyCommands"]
    assert steps[1].params == {"chat_id": SOKHA, "message_id": 5}
    assert steps[3].params["scope"] == {"type": "chat", "chat_id": SOKHA}
    assert "open" in [command["command"] for command in steps[3].params["commands"]]


def test_the_answer_to_a_tap():
    """With a note, or none."""
    assert answer("q1", None).params == {"callback_query_id": "q1"}
    assert answer("q1", "note").params == {"callback_query_id": "q1", "text": "note"}


def test_a_group_is_told():
    """In a message of its own in its topic, or in the place of the one that was tapped."""
    topic = Chat(GROUP, ChatKind.SUPERGROUP, 77)
    new, rewritten = telling(topic, DRAWN), telling(topic, DRAWN, Screen(GROUP, 7))
    assert (new.method, new.params["protect_content"], new.params["reply_markup"]) == ("sendMessage", False, KEYBOARD)
    assert (rewritten.method, rewritten.instead) == ("editMessageText", new)
    assert new.params["message_thread_id"] == text_call(Sending(GROUP, DRAWN, 77)).params["message_thread_id"] == 77
    assert "message_thread_id" not in telling(replace(topic, topic=None), DRAWN).params


def test_a_text_alone():
    """It is what is said where no picture is; silent where nobody is to be woken."""
    step = text_call(Sending(GROUP, DRAWN, silent=True))
    assert (step.method, step.params["text"], step.params["disable_notification"]) == ("sendMessage", "text", True)
    assert "disable_notification" not in text_call(Sending(GROUP, DRAWN)).params


def test_a_text_in_the_place_of_another():
    """The last message says it; where a picture stands its caption does."""
    step = text_call(Sending(GROUP, DRAWN, replaces=(7, 8)))
    assert (step.method, step.params["message_id"], step.params["text"]) == ("editMessageText", 8, "text")
    assert (step.instead.method, step.instead.params["caption"]) == ("editMessageCaption", "caption")


def test_a_message_for_a_picture():
    """It is sent with the first line alone, silent where nobody is to be woken, and without buttons."""
    step = opening(Sending(GROUP, DRAWN, silent=True))
    assert (step.method, step.params["text"], step.params["disable_notification"]) == ("sendMessage", "title", True)
    assert "reply_markup" not in step.params


def test_pictures():
    """Each comes into its message; the last has words and buttons."""
    steps = [picture_call(Sending(GROUP, DRAWN), picture, 7, last=picture is TWO) for picture in (ONE, TWO)]
    assert methods(steps) == ["editMessageMedia"] * 2
    assert [step.params["message_id"] for step in steps] == [7, 7]
    assert [step.params["media"].get("caption") for step in steps] == [None, "caption"]
    assert [step.params.get("reply_markup") for step in steps] == [None, KEYBOARD]


def test_the_file_comes_last():
    """A picture or a document stands in the call until its file is there."""
    file = File("samleng.png", b"")
    picture = picture_call(Sending(GROUP, DRAWN), ONE, 7, last=True)
    document = document_call(Sending(GROUP, DRAWN), Document("a.pdf", lambda: b""))
    assert with_file(picture, "id").params == picture.params | {"media": picture.params["media"] | {"media": "id"}}
    assert with_file(document, file).params == document.params | {"document": file}
