"""Template tags of the regulations' pages."""
