"""What do all parts of a template share? Strict frozen models, and text in two languages."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+$", max_length=8)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]
Version = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+){0,2}$", max_length=20)]
UnitKind = Literal["municipality", "region", "network", "living_lab", "team"]


class Shape(BaseModel):
    """A part of a template: unknown keys and wrong types are refused, nothing changes later."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Text(Shape):
    """The same words in Dutch and in English."""

    nl: Line
    en: Line
