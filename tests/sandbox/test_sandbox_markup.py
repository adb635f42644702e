"""HTML as Telegram reads it, and what it finds in texts by itself."""

import pytest

from sandbox.entities import command_for, commands_and_mentions, formatted
from sandbox.markup import parse_html
from sandbox.refusals import RefusedError


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39;&#x1F600; &eacute; &", "a <b> & \"c\" '😀 &eacute; &", []),
        ("<b>bold</b> x", "bold x", [("bold", 0, 4)]),
        ("😀<i>ខ្មែរ</i>", "😀ខ្មែរ", [("italic", 2, 5)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("<B CLASS=x>x</B >", "x", [("bold", 0, 1)]),
        ("<u>a</u><s>b</s><ins>c</ins><del>d</del>", "abcd",
         [("underline", 0, 1), ("strikethrough", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<code>1</code><pre>2</pre>", "12", [("code", 0, 1), ("pre", 1, 1)]),
        ('<a href="https://x.org/?a=1&amp;b">x</a>', "x", [("text_link", 0, 1)]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source, text, entities):
    """Tags become entities counted in UTF-16 units; the four names of characters are read."""
    plain, found = parse_html(source)
    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_a_link_keeps_its_address():
    """The address is unescaped; without one the text is the address."""
    assert parse_html('<a href="https://x.org/?a=1&amp;b">x</a>')[1][0]["url"] == "https://x.org/?a=1&b"
    assert parse_html("<a>x.org</a>")[1][0]["url"] == "http://x.org/"
    assert parse_html("<a>x</a>")[1] == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ក<p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_with_its_place(source, reason):
    """Telegram's own sentence says what is wrong, and where."""
    with pytest.raises(RefusedError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


def test_blank_ends_go_and_entities_move_with_the_text():
    """Blanks around a text don't count, and entities are cut to what is left."""
    assert formatted("  <b> x </b>  ", "HTML", None) == ("x", [{"offset": 0, "length": 1, "type": "bold"}])
    moved = formatted("  xy", None, [{"offset": 3, "length": 9, "type": "bold"}])
    assert moved == ("xy", [{"offset": 1, "length": 1, "type": "bold"}])


def test_commands_and_mentions_are_found():
    """Commands and names are marked wherever they stand; only one at the beginning is for a bot."""
    text = "/start@samleng_demo_bot s-1 ខ្ញុំ @sokha a/b /help"
    found = [(e["type"], e["offset"], e["length"]) for e in commands_and_mentions(text)]
    assert found == [("bot_command", 0, 23), ("mention", 34, 6), ("bot_command", 45, 5)]
    assert command_for(text) == ("start", "samleng_demo_bot")
    assert command_for("hello /help") is None
