"""HTML of the tags that Telegram knows → plain text and entities, offsets in UTF-16 units."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusals import RefusedError, bad_request

Entity = dict[str, Any]

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
_TAGS = {*_SIMPLE, "a", "blockquote"}

_MARK = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot);")
_END_TAG = re.compile(r"</([^\s>]*)\s*>")
_NAME = re.compile(r"<([^\s>]*)(?=[\s>])")
_ATTRIBUTES = re.compile(r"((?:\s+[^\s=>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Formatted text; plain text and entities, outer before inner. Raises RefusedError in Telegram's words."""
    if not _MARK.search(source):
        return source, []
    parser = _Parser(source)
    parser.run()
    return "".join(parser.out), sorted(parser.entities, key=lambda e: (e["offset"], -e["length"]))


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class _Open:
    """A tag that waits for its end: where its text begins, in UTF-16 units and in pieces of output."""

    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


@dataclass
class _Parser:
    source: str
    out: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Entity] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def run(self) -> None:
        at = 0
        while mark := _MARK.search(self.source, at):
            self._put(self.source[at : mark.start()])
            at = mark.start()
            if mark.group() == "&":
                at = self._character(at)
            elif self.source.startswith("</", at):
                at = self._close(at)
            else:
                at = self._open(at)
        self._put(self.source[at:])
        if self.stack:
            raise _bad(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')

    def _put(self, text: str) -> None:
        if text:
            self.out.append(text)
            self.length += units(text)

    def _character(self, at: int) -> int:
        """Telegram knows four names; any other stands as it is."""
        match = _CHARACTER.match(self.source, at)
        self._put(html.unescape(match.group()) if match else "&")
        return match.end() if match else at + 1

    def _open(self, at: int) -> int:
        name = _NAME.match(self.source, at)
        if name is None:
            raise self._bad_at("Unclosed start tag", at)
        tag = name.group(1).lower()
        if tag not in _TAGS:
            raise self._bad_at(f'Unsupported start tag "{tag}"', at)
        match = _ATTRIBUTES.match(self.source, name.end())
        if match is None:
            raise self._bad_at("Unclosed start tag", at)
        attributes = {
            found.group(1).lower(): html.unescape(found.group(2) or found.group(3) or found.group(4) or "")
            for found in _ATTRIBUTE.finditer(match.group(1))
        }
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._bad_at('Tag "span" must have class "tg-spoiler"', at)
        self.stack.append(_Open(tag, attributes, self.length, len(self.out)))
        return match.end()

    def _close(self, at: int) -> int:
        match = _END_TAG.match(self.source, at)
        if not self.stack:
            raise self._bad_at("Unexpected end tag", at)
        if match is None:
            raise self._bad_at("Unclosed end tag", at)
        opened, tag = self.stack.pop(), match.group(1).lower()
        if tag not in {"", opened.tag}:
            raise _bad(
                f"Unmatched end tag at byte offset {len(self.source[:at].encode())},"
                f' expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.length > opened.offset:
            self._add(opened)
        return match.end()

    def _add(self, opened: _Open) -> None:
        """The entity that a tag stands for, unless it stands for none."""
        entity: Entity = {"offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag == "a":
            url = opened.attributes.get("href") or "".join(self.out[opened.piece :])
            if "." not in url and "://" not in url:
                return
            entity |= {"type": "text_link", "url": url if "://" in url else f"http://{url}/"}
        elif opened.tag == "blockquote":
            entity["type"] = "expandable_blockquote" if "expandable" in opened.attributes else "blockquote"
        else:
            entity["type"] = _SIMPLE[opened.tag]
        self.entities.append(entity)

    def _bad_at(self, reason: str, at: int) -> RefusedError:
        return _bad(f"{reason} at byte offset {len(self.source[:at].encode())}")


def _bad(reason: str) -> RefusedError:
    return bad_request(f"can't parse entities: {reason}")
