"""Pages of the regulations: read, adopt, decide."""
