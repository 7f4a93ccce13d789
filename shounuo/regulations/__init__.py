"""Editions adopted by a unit, settings decided, clause pages."""
