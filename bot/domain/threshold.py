"""How much agreement or attendance is needed, in whole numbers. Who counts is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much agreement is needed, compared in whole numbers."""

    fraction: Fraction
    inclusive: bool
    article: str
    assumption: bool = False

    def required(self, total: int) -> int:
        """The least number of agreements that carries, of `total`."""
        reached, rest = divmod(self.fraction.numerator * total, self.fraction.denominator)
        if not self.inclusive:
            return reached + 1
        return reached + (1 if rest else 0)

    def met(self, count: int, total: int) -> bool:
        """Whether `count` of `total` carries."""
        left = self.fraction.denominator * count
        right = self.fraction.numerator * total
        return left >= right if self.inclusive else left > right
