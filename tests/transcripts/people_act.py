"""Steps in which somebody does something in their private chat."""

import re
from typing import TYPE_CHECKING, Any

from transcripts.chance import CODES
from transcripts.steps import StepError, step

if TYPE_CHECKING:
    from transcripts.playing import Player

SIGNS = {"back": "<", "leave": "!leave", "look": "!look", "protected": "!privacy"}
"""How steps call buttons whose value is a sign."""

_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_NOT_OURS = "s-" + "0" * 22


@step(
    r"(\w+) opens "
    r"(the invitation|the team’s invitation|the group’s link|the link|the first link|a link that does not exist)"
)
async def opens(player: "Player", line: str, name: str, what: str) -> None:
    sessions = await player.town.sessions()
    entry = {
        "the invitation": player.invitation,
        "the team’s invitation": player.town.chats.last_start("i-"),
        "the group’s link": player.group_link,
        "the first link": sessions[0] if sessions else "",
        "the link": sessions[-1] if sessions else "",
        "a link that does not exist": _NOT_OURS,
    }[what]
    await _write(player, name, line, text=f"/start {entry}")


@step(r"(\w+) sends /(\w+)")
async def sends_command(player: "Player", line: str, name: str, command: str) -> None:
    await _write(player, name, line, text=f"/{command}")


@step(r"(\w+) sends an? (?:photo|sticker|voice message)")
async def sends_thing(player: "Player", line: str, name: str) -> None:
    await _write(player, name, line, photo=[])


@step(r"(\w+) writes “(.*)”(?: (\d+) times)?")
async def writes(player: "Player", line: str, name: str, text: str, times: str | None) -> None:
    said = text.replace("⏎", "\n").replace("s-LINK", "".join((await player.town.sessions())[-1:]))
    player.town.checks.typed.add(" ".join(said.split()))
    for _ in range(int(times or 1) - 1):
        await player.town.write(player.person(name), text=said)
    player.town.chats.happened()
    await _write(player, name, line, text=said)


@step(r"(\w+) writes “(.*)”, and so on")
async def writes_and_so_on(player: "Player", line: str, name: str, text: str) -> None:
    """What the bot answers is left out of the transcript."""
    player.town.checks.typed.add(text)
    await player.town.write(player.person(name), text=text)
    player.town.chats.happened()
    player.transcript.remark(f"\n{line}")


@step(r"(\w+) writes the code( carelessly)?")
async def writes_code(player: "Player", _: str, name: str, carelessly: str | None) -> None:
    code = CODES[player.chance.sessions - 1]
    if carelessly:
        code = f"{code[:4]} {code[4:]} ".translate(_KHMER)
    await _write(player, name, f"{name} writes “{code}”", text=code)


@step(r"(\w+)’s last message is brought again")
async def brought_again(player: "Player", line: str, name: str) -> None:
    await player.town.bring(player.last[player.person(name)])
    await player.saw(line, player.person(name))


@step(r"(\w+) deletes message (\d+)")
async def deletes(player: "Player", line: str, name: str, number: str) -> None:
    player.town.chats.remove(player.person(name), int(number))
    player.town.chats.happened()
    player.transcript.remark(f"\n{line}")


@step(r"(\w+) taps (\S+) twice")
async def taps_twice(player: "Player", _: str, name: str, value: str) -> None:
    label = await _tap(player, name, value)
    await player.saw(f"{name} taps {label}", player.person(name))
    await _tap(player, name, value, before=True)
    await player.saw(f"{name} taps {label} a second time, before the screen has changed", player.person(name))


@step(r"(\w+) taps (\S+) on the screen before")
async def taps_before(player: "Player", _: str, name: str, value: str) -> None:
    label = await _tap(player, name, value, before=True)
    await player.saw(f"{name} taps {label} on another phone that still shows the screen before", player.person(name))


@step(r"(\w+) taps (.+) on message (\d+)")
async def taps_on(player: "Player", _: str, name: str, value: str, number: str) -> None:
    label = await _tap(player, name, value, int(number))
    await player.saw(f"{name} taps {label} on message {number}", player.person(name))


@step(r"(\w+) taps (.+)")
async def taps(player: "Player", _: str, name: str, values: str) -> None:
    for value in values.split(", "):
        label = await _tap(player, name, value)
        await player.saw(f"{name} taps {label}", player.person(name))


@step(r"(\w+) quickly taps (.+)")
async def quickly_taps(player: "Player", _: str, name: str, values: str) -> None:
    """Only what is seen in the end stands in the transcript."""
    labels = [await _tap(player, name, value) for value in values.split(", ")]
    await player.saw(f"{name} taps {' '.join(labels)}", player.person(name))


async def _write(player: "Player", name: str, line: str, **content: Any) -> None:
    person = player.person(name)
    player.last[person] = await player.town.write(person, **content)
    await player.saw(line, person)


async def _tap(player: "Player", name: str, value: str, number: int | None = None, *, before: bool = False) -> str:
    """Tap a button, told by the value it sends or by its row; what is written on it."""
    chats, person = player.town.chats, player.person(name)
    number = number or chats.newest(person, before=before)
    message = chats.message(person, number)
    buttons = message.before if before else message.rows
    if row := re.fullmatch(r"row (\d+)", value):
        found = buttons[int(row[1]) - 1][:1]
    else:
        found = [button for row in buttons for button in row if _sends(button, value)]
    if len(found) != 1 or message.removed:
        sent = [button.get("callback_data") or button.get("url") for row in buttons for button in row]
        raise StepError(f"not one button {value} on message {number}, but {sent}")
    await player.town.tap(person, found[0]["callback_data"], number)
    return f"[{found[0]['text']}]"


def _sends(button: dict[str, str], value: str) -> bool:
    """Whether a button is the one that steps call so."""
    kind, _, rest = button.get("callback_data", "").partition(":")
    sent = rest.split(":", 2)[2] if kind == "d" else rest
    if value == "other language":
        return kind == "l" or (kind == "d" and sent.startswith("@"))
    if kind == "d":
        return sent == SIGNS.get(value, value)
    return kind == "e" and value in {sent, sent.partition(":")[0]}
