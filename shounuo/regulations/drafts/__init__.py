"""A regulation's text on its way to an edition: what was found, what was decided, the pack that follows. Pure."""
