"""Pages: the bell, preferences, what leaves the house."""
