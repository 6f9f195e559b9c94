"""What every part of `record.json` is: frozen, complete, with moments in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class Part(BaseModel):
    """A part of the record; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Made = TypeVar("Made", bound=Part)


class FilePart(Part):
    """A file: where it lies in the dossier."""

    name: str
    sha256: str
    path: str


def part_of(part: type[Made], value: object, **told: Any) -> Made:
    """The part that tells a value whose fields bear its names, with what is `told` of it otherwise."""
    named = {name: getattr(value, name) for name in part.model_fields if name not in told}
    return part(**named, **told)


def parts_of(part: type[Made], values: Iterable[object]) -> tuple[Made, ...]:
    """Each of them as such a part."""
    return tuple(part_of(part, each) for each in values)


def values_of(part: Part) -> dict[str, Any]:
    """What a part tells, by the names of its fields: the way back."""
    return {name: getattr(part, name) for name in type(part).model_fields}
