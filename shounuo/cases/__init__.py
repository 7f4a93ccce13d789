"""Requests and what is done with them."""
