"""The one door through which figures leave a tally. Every digest, poster and export knows releases only."""

from scorecard.disclosure.door import band, release
from scorecard.disclosure.release import (
    MINIMUM,
    Bin,
    Figure,
    Release,
    Share,
    ShareWord,
    Wish,
    release_from_json,
    release_to_json,
    share,
)

__all__ = [
    "MINIMUM",
    "Bin",
    "Figure",
    "Release",
    "Share",
    "ShareWord",
    "Wish",
    "band",
    "release",
    "release_from_json",
    "release_to_json",
    "share",
]
