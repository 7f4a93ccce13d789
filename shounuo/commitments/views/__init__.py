"""Pages of the promises: the table, the matters behind a figure, a clause with its evidence."""
