"""A release made visible."""
