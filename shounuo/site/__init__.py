"""The roof: settings, addresses and commands that put the apps together."""
