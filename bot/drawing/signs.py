"""The signs of services and criteria, for people who read little."""

from collections.abc import Mapping

from scorecard.card import Service

SERVICES: Mapping[Service, str] = {
    Service.COMMUNE_OFFICE: "🏛",
    Service.HEALTH_CENTRE: "🏥",
    Service.PRIMARY_SCHOOL: "🏫",
}

CRITERIA: Mapping[str, str] = {
    "attitude": "🤝",
    "birth": "🤰",
    "building": "🏠",
    "certificates": "📄",
    "classrooms": "🏫",
    "day_and_night": "🌙",
    "equal": "⚖️",
    "equipment": "🔬",
    "fees": "💵",
    "hand_washing": "🚰",
    "hygiene": "🧹",
    "information": "📢",
    "library": "📚",
    "listening": "👂",
    "materials": "✏️",
    "medicines": "💊",
    "organisation": "📋",
    "overall": "⭐",
    "response": "💬",
    "separate_toilets": "🚻",
    "service_time": "⏳",
    "staff_number": "👥",
    "teachers_and_pupils": "🎓",
    "teaching_hours": "⏰",
    "textbooks": "📖",
    "toilets": "🚽",
    "treatment": "🩺",
    "waiting_area": "🪑",
    "water": "💧",
    "working_hours": "🕗",
    "yard": "🌳",
}
"""By a criterion's key. A card of somebody else's has a sign where it calls a criterion the same."""


def with_sign(key: str, label: str) -> str:
    """A criterion's label behind its sign, where it has one."""
    return " ".join(part for part in (CRITERIA.get(key, ""), label) if part)
