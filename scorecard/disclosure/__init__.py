"""The one door through which figures leave a tally. Every digest, poster and export knows releases only."""

from scorecard.disclosure.compared import Verdict
from scorecard.disclosure.door import band, release
from scorecard.disclosure.figures import satisfied_range
from scorecard.disclosure.release import MINIMUM, Figure, Release, Wish, release_from_json, release_to_json
from scorecard.disclosure.words import Share, ShareWord, Words, share, stands_for

__all__ = [
    "MINIMUM",
    "Figure",
    "Release",
    "Share",
    "ShareWord",
    "Verdict",
    "Wish",
    "Words",
    "band",
    "release",
    "release_from_json",
    "release_to_json",
    "satisfied_range",
    "share",
    "stands_for",
]
