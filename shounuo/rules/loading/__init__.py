"""Loading packs: YAML folders to models, or everything that is wrong with them."""

from shounuo.rules.loading.faults import Fault, PackFaults
from shounuo.rules.loading.pack import BUNDLED, Inspection, inspect_pack, inspect_parts, load_pack

__all__ = ["BUNDLED", "Fault", "Inspection", "PackFaults", "inspect_pack", "inspect_parts", "load_pack"]
