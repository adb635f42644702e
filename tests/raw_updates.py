"""Updates as Telegram brings them, as far as tests need them: plain JSON."""

from typing import Any

Json = dict[str, Any]


def sender(person: int, language: str = "km") -> Json:
    return {"id": person, "is_bot": False, "first_name": "Sokha", "language_code": language}


def private(person: int) -> Json:
    """The chat of a person with the bot."""
    return {"id": person, "type": "private", "first_name": "Sokha"}


def group(chat: int, title: str) -> Json:
    return {"id": chat, "type": "supergroup", "title": title}


def message(number: int, person: int, chat: Json | None = None, **content: Any) -> Json:
    """Somebody writes or sends something: to the bot, if nowhere else."""
    about = {"message_id": number, "date": 1, "chat": chat or private(person), "from": sender(person)}
    return {"update_id": number, "message": about | content}


def tap(number: int, person: int, screen: int, data: str, chat: Json | None = None, language: str = "km") -> Json:
    """Somebody taps a button on a message of the bot; the query is called after the update's number."""
    on = {"message_id": screen, "date": 1, "chat": chat or private(person), "text": "…"}
    about = {"id": str(number), "from": sender(person, language), "message": on, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": about}


def standing(number: int, person: int, bot: int, chat: Json, old: str, new: str) -> Json:
    """Somebody changes what the bot is in a chat."""
    user = {"id": bot, "is_bot": True, "first_name": "Samleng"}
    about = {"chat": chat, "from": sender(person), "date": 1}
    before, after = {"status": old, "user": user}, {"status": new, "user": user}
    return {"update_id": number, "my_chat_member": about | {"old_chat_member": before, "new_chat_member": after}}
