"""One file that holds everything an installation has recorded, and the way back from it."""
