"""A group chat, as a program drives it."""

from typing import Any

from sandbox.asking import Line

PLAIN = (int, str, dict, bool, type(None))


class Group:
    """A group chat. Its id changes when it becomes a supergroup."""

    def __init__(self, about: dict[str, Any], line: Line) -> None:
        self._line = line
        self._take(about)

    def _take(self, about: dict[str, Any]) -> None:
        self.id: int = about["id"]
        self.title: str = about["title"]
        self.kind: str = about["type"]
        self.topics: dict[str, int] = {topic["name"]: topic["id"] for topic in about.get("topics", ())}

    async def act(self, action: str, **given: Any) -> None:
        """One of the control's actions (add_bot, remove, rename, promote, migrate, topic …); people as Person or id."""
        plain = {name: value if isinstance(value, PLAIN) else value.id for name, value in given.items()}
        self._take(await self._line.post(f"groups/{self.id}", {"action": action, **plain}))
