"""The demonstration: an invented organisation and a month of its matters, made through the actions."""
