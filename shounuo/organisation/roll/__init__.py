"""A roll: one YAML file of an organisation's units, people, posts and accounts. Read here, without a database.

The format is that of the demonstration's ``cast.yaml``, with more to say where a real house needs it; every fault
is told with its line. For people: docs/operations.md.
"""

from shounuo.organisation.roll.reading import read_roll
from shounuo.organisation.roll.rows import BadRoll, PersonRow, PostRow, Roll, RollFault, UnitRow

__all__ = ["BadRoll", "PersonRow", "PostRow", "Roll", "RollFault", "UnitRow", "read_roll"]
