"""The signs of services and criteria, for people who read little."""

from collections.abc import Mapping

from scorecard.card import Service
from scorecard.sign import Sign

SERVICES: Mapping[Service, str] = {
    Service.COMMUNE_OFFICE: "🏛",
    Service.HEALTH_CENTRE: "🏥",
    Service.PRIMARY_SCHOOL: "🏫",
}

CRITERIA: Mapping[str, str] = {
    Sign.ANSWER: "💬",
    Sign.BABY: "🤰",
    Sign.BOOK: "📖",
    Sign.BROOM: "🧹",
    Sign.CARE: "🩺",
    Sign.CLASSROOM: "🏫",
    Sign.CLOCK: "🕗",
    Sign.DAY_AND_NIGHT: "🌙",
    Sign.EAR: "👂",
    Sign.EQUAL: "⚖️",
    Sign.HEALTH_CENTRE: "⭐",
    Sign.HOUSE: "🏠",
    Sign.KIT: "🔬",
    Sign.LIBRARY: "📚",
    Sign.LIST: "📋",
    Sign.MEDICINE: "💊",
    Sign.MEGAPHONE: "📢",
    Sign.MONEY: "💵",
    Sign.OFFICE: "⭐",
    Sign.PAPER: "📄",
    Sign.PENCIL: "✏️",
    Sign.PEOPLE: "👥",
    Sign.SCHOOL: "⭐",
    Sign.SEAT: "💺",
    Sign.SPEECH: "🤝",
    Sign.TEACHER: "🎓",
    Sign.TOILET: "🚽",
    Sign.TOILETS_APART: "🚻",
    Sign.TREE: "🌳",
    Sign.WAITING: "⏳",
    Sign.WASHING: "🚰",
    Sign.WATER: "💧",
}
"""By the sign that a card names, as pictures draw it; a service as a whole is a star."""


def with_sign(sign: str, label: str) -> str:
    """A criterion's label behind the emoji of its sign, where it has one."""
    return " ".join(part for part in (CRITERIA.get(sign, ""), label) if part)
