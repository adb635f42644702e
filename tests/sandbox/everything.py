"""Everything that a bot can call and hear of, played once."""

import base64
from dataclasses import dataclass, field
from typing import Any

from sandbox.facts import facts
from sandbox.people import Group, People, Person

GO = {"text": "✅ Go", "callback_data": "go", "style": "success"}
KEYBOARD = {"inline_keyboard": [[GO, {"text": "Web", "url": "https://x.org"}]]}
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")


@dataclass
class Everything:
    """What each method gave back, and every update that there was."""

    api: Any
    http: Any
    results: list[tuple[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)

    async def call(self, method: str, **given: Any) -> Any:
        result = await self.api(method, **given)
        assert not isinstance(result, str), (method, result)
        self.results.append((method, result))
        return result

    async def upload(self, method: str, name: str, **given: Any) -> Any:
        files = {name: ("a.png", PNG, "image/png")}
        answer = (await self.http.post(f"/bot{self.api.token}/{method}", data=given, files=files)).json()
        self.results.append((method, answer["result"]))
        return answer["result"]

    async def play(self, people: People, person: Person) -> None:
        await self._account()
        photo = await self._messages(person.id)
        await self._person(person)
        await self._group(people, person, photo)
        self.updates = await self.call("getUpdates")

    async def _account(self) -> None:
        every = [kind for kind in facts().returned_types["Update"] if kind != "update_id"]
        await self.call("setWebhook", url="http://127.0.0.1:9/hook", allowed_updates=every, secret_token="s")
        await self.call("getWebhookInfo")
        await self.call("deleteWebhook", drop_pending_updates=True)
        await self.call("getMe")
        await self.call("setMyCommands", commands=[{"command": "help", "description": "Help"}])
        await self.call("getMyCommands")
        await self.call("deleteMyCommands")

    async def _messages(self, chat: int) -> str:
        """The file id of a picture."""
        text = "<b>x</b> <a href='https://x.org'>y</a>"
        sent = await self.call(
            "sendMessage", chat_id=chat, text=text, parse_mode="HTML", reply_markup=KEYBOARD, protect_content=True
        )
        there = {"chat_id": chat, "message_id": sent["message_id"]}
        await self.call("editMessageText", **there, text="z", reply_markup=KEYBOARD)
        await self.call("editMessageReplyMarkup", **there)
        await self.call("sendChatAction", chat_id=chat, action="typing")
        given = {"chat_id": chat, "caption": "<i>c</i>", "parse_mode": "HTML", "has_spoiler": "true"}
        photo = await self.upload("sendPhoto", "photo", **given)
        await self.call("editMessageCaption", chat_id=chat, message_id=photo["message_id"], caption="d")
        document = await self.upload("sendDocument", "document", chat_id=chat)
        file_id = photo["photo"][-1]["file_id"]
        media = {"type": "photo", "media": file_id, "show_caption_above_media": True}
        await self.call("editMessageMedia", chat_id=chat, message_id=document["message_id"], media=media)
        await self.call("getFile", file_id=document["document"]["file_id"])
        await self.call("pinChatMessage", **there)
        await self.call("getChat", chat_id=chat)
        await self.call("unpinChatMessage", chat_id=chat)
        await self.call("deleteMessages", chat_id=chat, message_ids=[sent["message_id"]])
        return file_id

    async def _person(self, person: Person) -> None:
        await person.block()
        await person.unblock()
        await self.call("getUpdates")
        sent = await self.call("sendMessage", chat_id=person.id, text="tap", reply_markup=KEYBOARD)
        await person.say("/help me", reply_to=sent["message_id"])
        await person.say(photo=True)
        await person.say(sticker=True)
        tap = await person.tap("✅")
        await self.call("answerCallbackQuery", callback_query_id=tap.query, text="yes")
        await self.call("deleteMessage", chat_id=person.id, message_id=sent["message_id"])
        await person.tap("✅ Go", stale=True)

    async def _group(self, people: People, person: Person, photo: str) -> None:
        owner, bot = await people.add("Owner", username="owner"), int(self.api.token.partition(":")[0])
        group = await people.group("Commune", [owner])
        await group.act("add_bot", payload="g-1")
        await group.act("promote", rights={"can_pin_messages": True})
        for action in ("add", "promote", "demote", "remove"):
            await group.act(action, person=person)
        pinned = await self.call("sendPhoto", chat_id=group.id, photo=photo)
        await self.call("pinChatMessage", chat_id=group.id, message_id=pinned["message_id"])
        await self.call("getChat", chat_id=group.id)
        await self.call("getChatAdministrators", chat_id=group.id, return_bots=True)
        for member in (owner.id, person.id, bot):
            await self.call("getChatMember", chat_id=group.id, user_id=member)
        await group.act("rename", title="Other")
        await group.act("migrate")
        await self._topic(group, owner)
        await group.act("demote")
        await group.act("restrict", rights={"can_send_photos": False})
        await self.call("getChatMember", chat_id=group.id, user_id=bot)
        await self.call("leaveChat", chat_id=group.id)

    async def _topic(self, group: Group, owner: Person) -> None:
        await group.act("topic", title="Plans")
        topic = group.topics["Plans"]
        there = {"chat_id": group.id, "message_thread_id": topic}
        await self.call("sendChatAction", **there, action="typing")
        sent = await self.call("sendMessage", **there, text="x", reply_markup=KEYBOARD)
        await self.call("pinChatMessage", chat_id=group.id, message_id=sent["message_id"])
        await owner.say("/help", chat=group.id, topic=topic)
        await owner.tap("✅", chat=group.id)
        await owner.forward(sent["message_id"], chat=group.id)
        for action in ("close_topic", "close_topic", "delete_topic"):
            await group.act(action, topic=topic)
