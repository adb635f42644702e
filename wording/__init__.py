"""How a thing is said: catalogues, numerals, dates, names of places and services."""
