from conversations.commands import TellGroups
from conversations.engine import Flow
from conversations.facts import AboutYouFacts
from conversations.prompts import SKIP, AskAge, AskGender
from scorecard.ballot import Age, Gender, Groups


def about_you(facts: AboutYouFacts) -> Flow:
    """A citizen who has sent all scores says, if they like, which groups they belong to."""
    gender = yield AskGender(options=(*Gender, SKIP))
    age = yield AskAge(options=(*Age, SKIP))
    return TellGroups(
        session=facts.session.id,
        seat=facts.seat,
        groups=Groups(
            gender=None if gender == SKIP else Gender(str(gender)),
            age=None if age == SKIP else Age(str(age)),
        ),
    )
