"""Which apps can rebuild their working tables from the facts, for `shounuo check`."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

# module:function, each returning lines that name differences
REBUILDERS: tuple[str, ...] = ("shounuo.cases.rebuilding:differences",)


def differences() -> list[str]:
    """Every difference that the registered apps name."""
    return [line for address in REBUILDERS for line in _differences_of(address)]


def _differences_of(address: str) -> Iterable[str]:
    """The lines of one app."""
    module, function = address.split(":")
    if find_spec(module) is None:
        return [f"{module}: cannot be checked, it is missing"]
    lines: Iterable[str] = getattr(import_module(module), function)()
    return lines
