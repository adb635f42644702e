"""Make `bot-api.json`, what the stand-in needs of the Bot API, out of the description of the whole API.

    python -m sandbox.trim WHOLE.json

WHOLE.json holds `methods` (name → params → {type, required}, returns) and `types` (name → fields or one_of).
What comes out: the methods the stand-in has and the types that their parameters reach, each as {name: [type,
required]}, the unions, the types of what it gives back, and the names of all other methods, which are refused.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from sandbox.facts import FACTS_FILE

METHODS = (
    "answerCallbackQuery",
    "deleteMessage",
    "deleteMessages",
    "deleteMyCommands",
    "deleteWebhook",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "editMessageText",
    "getChat",
    "getChatAdministrators",
    "getChatMember",
    "getFile",
    "getMe",
    "getMyCommands",
    "getUpdates",
    "getWebhookInfo",
    "leaveChat",
    "pinChatMessage",
    "sendChatAction",
    "sendDocument",
    "sendMessage",
    "sendPhoto",
    "setMyCommands",
    "setWebhook",
    "unpinChatMessage",
)

# Parameters of those methods that the stand-in refuses, as it refuses the other methods: ignoring them would
# show something else than Telegram does.
ABSENT = (
    "business_connection_id",
    "certificate",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "inline_message_id",
    "ip_address",
    "rich_message",
    "suggested_post_parameters",
    "thumbnail",
)

# What comes back, beside what the parameters reach. A field of another type than these the stand-in never fills.
RETURNED = (
    "AcceptedGiftTypes",
    "CallbackQuery",
    "Chat",
    "ChatFullInfo",
    "ChatMember",
    "ChatMemberUpdated",
    "ChatPermissions",
    "Document",
    "File",
    "ForumTopicClosed",
    "ForumTopicCreated",
    "ForumTopicReopened",
    "InaccessibleMessage",
    "MaybeInaccessibleMessage",
    "Message",
    "MessageOrigin",
    "PhotoSize",
    "Sticker",
    "Update",
    "User",
    "WebhookInfo",
)


def trim(whole: dict[str, Any]) -> dict[str, Any]:
    """The whole API's description; the stand-in's part of it."""
    methods = {name: _table(whole["methods"][name]["params"]) for name in METHODS}
    types: dict[str, Any] = {}
    unions: dict[str, list[str]] = {}
    wanted = [kind for table in methods.values() for name, (kind, _) in table.items() if name not in ABSENT]
    while wanted:
        for name in re.findall(r"[A-Z][A-Za-z]+", wanted.pop()):
            if name in types or name in unions or name not in whole["types"]:
                continue
            about = whole["types"][name]
            if "one_of" in about:
                unions[name] = about["one_of"]
                wanted += about["one_of"]
            else:
                types[name] = _table(about["fields"])
                wanted += [kind for kind, _ in types[name].values()]
    returned = {}
    for name in RETURNED:
        for kind in whole["types"][name].get("one_of", [name]):
            returned[kind] = _table(whole["types"][kind]["fields"])
    return {
        "version": whole["version"],
        "methods": methods,
        "absent_parameters": list(ABSENT),
        "types": dict(sorted(types.items())),
        "unions": dict(sorted(unions.items())),
        "returns": {name: whole["methods"][name]["returns"] for name in METHODS},
        "returned_types": dict(sorted(returned.items())),
        "returned_unions": {name: kinds for name in RETURNED if (kinds := whole["types"][name].get("one_of"))},
        "other_methods": sorted(set(whole["methods"]) - set(METHODS)),
    }


def _table(described: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    return {name: (about["type"], about["required"]) for name, about in described.items()}


def _main() -> None:
    whole = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = json.dumps(trim(whole), indent=1, ensure_ascii=False)
    # One line for each name keeps the file short and its diffs readable.
    text = re.sub(r"\[\s+(\"[^\"]+\"),\s+(true|false)\s+\]", r"[\1, \2]", text)
    FACTS_FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    _main()
