"""Reading logs that another system kept: files to matters, each bad row named. Nothing is written here."""
