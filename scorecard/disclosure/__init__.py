"""The one door through which figures leave a tally. Every digest, poster and export knows releases only."""

from scorecard.disclosure.door import band, release
from scorecard.disclosure.release import MINIMUM, Figure, Release, Wish, release_from_json, release_to_json
from scorecard.disclosure.words import Share, ShareWord, Words, share, stands_for

__all__ = [
    "MINIMUM",
    "Figure",
    "Release",
    "Share",
    "ShareWord",
    "Wish",
    "Words",
    "band",
    "release",
    "release_from_json",
    "release_to_json",
    "share",
    "stands_for",
]
