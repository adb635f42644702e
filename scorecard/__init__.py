"""The field itself: values and pure functions. It knows nobody else in the house."""
