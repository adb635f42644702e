"""How what was released is said in words: the same in messages, in pictures and on sheets."""

from itertools import islice
from math import ceil

from scorecard.change import By, Change, Direction
from scorecard.disclosure import Figure, Release, Share, ShareWord, Wish
from wording.catalogue import Wording

FACES = ("😡", "🙁", "😐", "🙂", "😄")
ACCEPTABLE = 3

MOST_WISHES = 2
"""Who reads a picture from afar remembers no more."""

_NOT_FROM_MANY = (ShareWord.ALMOST_NONE, ShareWord.FEW, 20, 30)


def face(median: float) -> str:
    """The face for a median; halves go down, so that no face promises more than was said."""
    return FACES[ceil(median - 0.5) - 1]


def satisfied(share: Share, say: Wording, *, merged: bool = False) -> str:
    """The share of satisfied people, in words.

    merged: of several villages' ballots, of which one person may have sent two.
    """
    if merged:
        return say("satisfied: {share}", share=_of_ballots(share, say))
    match share:
        case ShareWord.ALMOST_NONE:
            return say("almost nobody is satisfied")
        case ShareWord.FEW:
            return say("few are satisfied")
        case ShareWord.ABOUT_HALF:
            return say("about half are satisfied")
        case ShareWord.MOST:
            return say("most are satisfied")
        case ShareWord.ALMOST_ALL:
            return say("almost all are satisfied")
        case int():
            return say("about {tens} in 10 are satisfied", tens=share // 10)


def wanted(share: Share, say: Wording, *, merged: bool = False) -> str:
    """The share of people who want something, in words. merged: as above."""
    if merged:
        return _of_ballots(share, say)
    match share:
        case ShareWord.ALMOST_NONE:
            return say("almost nobody")
        case ShareWord.FEW:
            return say("few people")
        case ShareWord.ABOUT_HALF:
            return say("about half of the people")
        case ShareWord.MOST:
            return say("most people")
        case ShareWord.ALMOST_ALL:
            return say("almost everybody")
        case int():
            return say("about {tens} in 10 people", tens=share // 10)


def rated(figure: Figure, say: Wording, *, merged: bool = False) -> str:
    """What a figure says beside its number: who is satisfied; what stands in the middle is said to be acceptable."""
    share = satisfied(figure.satisfied, say, merged=merged)
    return say("acceptable; {share}", share=share) if figure.score == ACCEPTABLE else share


def first_wishes(release: Release) -> tuple[Wish, ...]:
    """What people want put right first: the first wish, and others that as many named, or more than a few did."""
    first = release.wishes[0].share if release.wishes else None
    told = (wish for wish in release.wishes if wish.share == first or wish.share not in _NOT_FROM_MANY)
    return tuple(islice(told, MOST_WISHES))


def too_few(release: Release | None, say: Wording) -> str:
    """Why there is no figure: too few came; or too few of those who came could score this, or on too few phones.

    Of villages put together a figure may be missing although many could: then nothing is said of those who did not.
    """
    if not few_could_score(release):
        return say("Too few answers to show.")
    return say("Too few could score this, or too many shared a phone.")


def few_could_score(release: Release | None) -> bool:
    """Whether what a release does not tell is missing although enough came."""
    return release is not None and release.ballots is not None and not release.merges


def change_words(changed: Change, round_: int, say: Wording) -> str:
    """What is different from an earlier round."""
    match changed:
        case Change(Direction.SAME):
            return say("the same score as in {round}", round=round_)
        case Change(_, By.MEDIAN):
            return say("{round}: {median}", round=round_, median=changed.before.score)
        case Change(Direction.UP):
            return say("more are satisfied than in {round}", round=round_)
        case _:
            return say("fewer are satisfied than in {round}", round=round_)


def _of_ballots(share: Share, say: Wording) -> str:
    match share:
        case ShareWord.ALMOST_NONE:
            return say("almost none")
        case ShareWord.FEW:
            return say("few")
        case ShareWord.ABOUT_HALF:
            return say("about half")
        case ShareWord.MOST:
            return say("most")
        case ShareWord.ALMOST_ALL:
            return say("almost all")
        case int():
            return say("about {tens} in 10", tens=share // 10)
