"""The certificates of all the world, which no test needs, are read once in a process: a bot reads them four times."""

import ssl
from functools import cache

ssl.create_default_context = cache(ssl.create_default_context)
