"""The rooms of the house, each before those that it may import."""

from storage.arrival.room import ROOM as ARRIVAL
from storage.groups.room import ROOM as GROUPS
from storage.results.room import ROOM as RESULTS
from storage.roles.room import ROOM as ROLES
from storage.scoring.room import ROOM as SCORING
from storage.sessions.room import ROOM as SESSIONS

ROOMS = (ARRIVAL, SCORING, SESSIONS, GROUPS, RESULTS, ROLES)
