"""How what was released is said in words: the same in messages, in pictures and on sheets."""

from math import ceil

from scorecard.change import Change
from scorecard.disclosure import Release, Share, ShareWord, Verdict
from wording.catalogue import Wording

FACES = ("😡", "🙁", "😐", "🙂", "😄")


def face(median: float) -> str:
    """The face for a median; halves go down, so that no face promises more than was said."""
    return FACES[ceil(median - 0.5) - 1]


def how_many(release: Release, say: Wording) -> str:
    """How many people scored, as a line of its own; of villages put together how many answers there are, for somebody
    may have answered in two. Nothing where that is not told.
    """
    if release.ballots is None:
        return ""
    if release.merges:
        return say("Answers: {ballots}", ballots=release.ballots)
    return say("People who scored: {ballots}", ballots=release.ballots)


def how_many_in_short(release: Release, say: Wording) -> str:
    """The same in as few words as will do, to stand in brackets."""
    if release.ballots is None:
        return ""
    if release.merges:
        return say("{ballots} answers", ballots=release.ballots)
    return say("{ballots} people", ballots=release.ballots)


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


def wanted(share: ShareWord, say: Wording, *, merged: bool) -> str:
    """How many people want something. Words of their own: beside shares in tens none of them is a figure said twice.

    merged: as above.
    """
    if merged:
        return _wanted_in_ballots(share, say)
    match share:
        case ShareWord.ALMOST_NONE:
            return say("a few people")
        case ShareWord.FEW:
            return say("some people")
        case ShareWord.ABOUT_HALF:
            return say("many people")
        case ShareWord.MOST:
            return say("most people")
        case ShareWord.ALMOST_ALL:
            return say("almost everybody")


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


def change_words(changed: Change, round_: int, say: Wording, *, in_tens: bool, merged: bool) -> str:
    """What is different from an earlier round, by the scores. in_tens: whether shares are; merged: as above."""
    if merged and changed.verdict is not Verdict.UNSURE:
        return changed_too(changed, round_, say, merged=True)
    least, most = sorted(abs(points) // 10 for points in changed.points or (0, 0))
    how = (bool(changed.points and in_tens), least > 0)
    match changed.verdict, how:
        case Verdict.BETTER, (True, True):
            return say(
                "{least} to {most} more of every 10 people are satisfied than in {round}",
                round=round_,
                least=least,
                most=most,
            )
        case Verdict.BETTER, (True, False):
            return say("Up to {most} more of every 10 people are satisfied than in {round}", round=round_, most=most)
        case Verdict.BETTER, _:
            return say("More people are satisfied than in {round}", round=round_)
        case Verdict.WORSE, (True, True):
            return say(
                "{least} to {most} fewer of every 10 people are satisfied than in {round}",
                round=round_,
                least=least,
                most=most,
            )
        case Verdict.WORSE, (True, False):
            return say("Up to {most} fewer of every 10 people are satisfied than in {round}", round=round_, most=most)
        case Verdict.WORSE, _:
            return say("Fewer people are satisfied than in {round}", round=round_)
        case _ if changed.points:
            return say("No clear change since {round}", round=round_)
        case _:
            return say("Whether it changed since {round} can’t be told yet: too few people to be sure", round=round_)


def changed_too(changed: Change, round_: int, say: Wording, *, merged: bool) -> str:
    """What is said of a criterion that changed like its service; merged: as above."""
    if merged and changed.verdict is Verdict.BETTER:
        return say("satisfied: more than in {round}", round=round_)
    if merged:
        return say("satisfied: fewer than in {round}", round=round_)
    if changed.verdict is Verdict.BETTER:
        return say("more are satisfied than in {round}", round=round_)
    return say("fewer are satisfied than in {round}", round=round_)


def compared_words(compared: Verdict, say: Wording) -> str:
    """How people themselves find it beside last year."""
    match compared:
        case Verdict.BETTER:
            return say("People say: better than last year")
        case Verdict.WORSE:
            return say("People say: worse than last year")
        case Verdict.UNSURE:
            return say("People gave no clear answer whether it is better or worse than last year")


def verdict_sign(verdict: Verdict) -> str:
    """The arrow that stands before it; nothing where it can't be told."""
    return {Verdict.BETTER: "▲ ", Verdict.WORSE: "▼ ", Verdict.UNSURE: ""}[verdict]


def _wanted_in_ballots(share: ShareWord, say: Wording) -> str:
    match share:
        case ShareWord.ALMOST_NONE:
            return say("a few")
        case ShareWord.FEW:
            return say("some")
        case ShareWord.ABOUT_HALF:
            return say("many")
        case ShareWord.MOST:
            return say("most")
        case ShareWord.ALMOST_ALL:
            return say("almost all")


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
