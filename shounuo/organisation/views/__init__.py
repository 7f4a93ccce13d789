"""Pages of the organisation: signing in and out."""
