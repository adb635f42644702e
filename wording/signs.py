"""The emoji that says the same as a criterion's sign: of those that cheap phones have."""

from scorecard.sign import Sign

EMOJI = {
    Sign.ANSWER: "💬",
    Sign.BABY: "👶",
    Sign.BOOK: "📖",
    Sign.CARE: "💉",
    Sign.CLASSROOM: "🏫",
    Sign.CLOCK: "🕗",
    Sign.DAY_AND_NIGHT: "🌙",
    Sign.EAR: "👂",
    Sign.EQUAL: "⚖️",
    Sign.HEALTH_CENTRE: "🏥",
    Sign.HOUSE: "🏠",
    Sign.KIT: "🛏",
    Sign.LIBRARY: "📚",
    Sign.LIST: "📋",
    Sign.MEDICINE: "💊",
    Sign.MEGAPHONE: "📢",
    Sign.MONEY: "💵",
    Sign.OFFICE: "🏛",
    Sign.PAPER: "📄",
    Sign.PENCIL: "✏️",
    Sign.PEOPLE: "👥",
    Sign.SCHOOL: "🎒",
    Sign.SEAT: "💺",
    Sign.SPEECH: "🙏",
    Sign.TEACHER: "🎓",
    Sign.TOILET: "🚽",
    Sign.TOILETS_APART: "🚻",
    Sign.TREE: "🌳",
    Sign.WAITING: "⏳",
    Sign.WASHING: "🚰",
    Sign.WATER: "💧",
}


def with_emoji(sign: str, text: str) -> str:
    """A text behind the emoji of a criterion's sign; alone where none says the same."""
    emoji = EMOJI.get(Sign(sign)) if sign in {*Sign} else None
    return f"{emoji} {text}" if emoji else text
