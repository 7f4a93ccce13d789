"""Sub-commands of `shounuo`: one small file a subject, each with `register(app)`."""
