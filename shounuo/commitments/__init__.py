"""Every running clock in one table, and the sweep."""
