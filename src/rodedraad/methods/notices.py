"""What must the reader of a result know besides its numbers?"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark that belongs to a result: a code and its data, worded where it is shown."""

    code: str
    context: Mapping[str, object] = field(default_factory=dict[str, object])
