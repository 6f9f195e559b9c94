"""From regulation files to domain regulations, refusing what does not hold. No rule is decided here."""

from bot.regulations.faults import Fault, RegulationFaults
from bot.regulations.loader import digest, load, parse

__all__ = ["Fault", "RegulationFaults", "digest", "load", "parse"]
