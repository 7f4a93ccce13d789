"""Side effects waiting to be carried out: leased, retried, parked, seen."""
