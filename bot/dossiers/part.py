"""What every part of `record.json` is: frozen, complete, with moments in UTC."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class Part(BaseModel):
    """A part of the record; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FilePart(Part):
    """A file: where it lies in the dossier."""

    name: str
    sha256: str
    path: str


def fields_of(value: object, part: type[Part], *without: str) -> dict[str, Any]:
    """What a part says of a value whose fields bear its names."""
    return {name: getattr(value, name) for name in part.model_fields if name not in without}
