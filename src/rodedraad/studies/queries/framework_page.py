"""What does a version of the framework hold, block by block?"""

from collections.abc import Sequence
from dataclasses import dataclass

from rodedraad.studies.models import Construct, Framework
from rodedraad.studies.template import framework as shipped_framework
from rodedraad.studies.template.constructs import Block, Role


@dataclass(frozen=True, slots=True)
class FrameworkBlock:
    """One block with its constructs, in the order of the study."""

    block: Block
    constructs: tuple[Construct, ...]


def framework_blocks(framework: Framework) -> tuple[FrameworkBlock, ...]:
    """Return the constructs with their items per block, blocks in order of first appearance."""
    names = {block.code: block for block in shipped_framework().blocks}
    grouped: dict[str, list[Construct]] = {}
    for construct in framework.constructs.prefetch_related("items"):
        grouped.setdefault(construct.details["block"], []).append(construct)
    return tuple(
        FrameworkBlock(names[code], tuple(constructs)) for code, constructs in grouped.items()
    )


def roles_asked(blocks: Sequence[FrameworkBlock]) -> tuple[Role, ...]:
    """Return the roles that at least one item is asked of, in the order of the framework."""
    asked = {
        role
        for block in blocks
        for construct in block.constructs
        for item in construct.items.all()
        for role in item.roles
    }
    return tuple(role for role in shipped_framework().roles if role.code in asked)
