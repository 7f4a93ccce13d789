"""Append-only facts, chained per stream; actors are opaque ids and no personal data is held here."""
