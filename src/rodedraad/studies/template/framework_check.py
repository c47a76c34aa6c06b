"""Does a framework hang together? No code twice, nothing unknown, every flag explained."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rodedraad.studies.template.constructs import Construct, FrameworkFile
from rodedraad.studies.template.faults import TemplateFault, nearest_cure
from rodedraad.studies.template.shapes import Shape
from rodedraad.studies.template.yaml_tree import FieldPath, YamlTree

RULES_WITH_FIGURES = ("percent_rank", "computed")
LISTS_WITH_CODE = ("roles", "blocks", "constructs", "measure_cells", "measures", "milestones")
LISTS_WITH_KEY = (
    "answer_scale",
    "rubric",
    "views",
    "measure_status",
    "records",
    "ladder",
    "scale_levels",
    "tie_questions",
)


@dataclass(frozen=True)
class Place:
    """A word in a file that something must be said about."""

    tree: YamlTree
    path: FieldPath
    word: str

    def fault(self, problem: str, cure: str) -> TemplateFault:
        """A fault at this place."""
        return self.tree.fault(self.path, problem, cure)


def framework_faults(files: Sequence[tuple[YamlTree, FrameworkFile]]) -> list[TemplateFault]:
    """Every fault that shows only when the files are taken together."""
    roles = [role.code for _, file in files for role in file.roles]
    blocks = [block.code for _, file in files for block in file.blocks]
    cells = [cell.code for _, file in files for cell in file.measure_cells]
    constructs = [construct.code for _, file in files for construct in file.constructs]
    faults = _faults_of_names(files)
    for tree, file in files:
        for row, construct in enumerate(file.constructs):
            at: FieldPath = ("constructs", row)
            block = Place(tree, (*at, "block"), construct.block)
            faults += unknown_faults([block], blocks, "block")
            faults += unknown_faults(_item_roles(tree, at, construct), roles, "role")
            faults += _construct_faults(tree, at, construct)
        faults += unknown_faults(_view_constructs(tree, file), constructs, "construct")
        places = [
            Place(tree, ("measures", row, "cell"), measure.cell)
            for row, measure in enumerate(file.measures)
        ]
        faults += unknown_faults(places, cells, "cell of the measures inventory")
    return faults


def unknown_faults(places: Iterable[Place], known: Sequence[str], what: str) -> list[TemplateFault]:
    """A fault for every word that is not known, with the nearest one that is."""
    listed = f"Known: {', '.join(known)}."
    return [
        place.fault(f"There is no {what} '{place.word}'.", nearest_cure(place.word, known, listed))
        for place in places
        if place.word not in known
    ]


def double_faults(places: Iterable[Place], what: str) -> list[TemplateFault]:
    """A fault for every word that stood in an earlier place too."""
    first: dict[str, Place] = {}
    faults: list[TemplateFault] = []
    for place in places:
        if place.word in first:
            there = first[place.word]
            where = f"{there.tree.file}, line {there.tree.line(there.path)}"
            problem = f"{what} '{place.word}' stands already in {where}."
            faults.append(place.fault(problem, "Keep one, or give this one another name."))
        first.setdefault(place.word, place)
    return faults


def _faults_of_names(files: Sequence[tuple[YamlTree, FrameworkFile]]) -> list[TemplateFault]:
    faults: list[TemplateFault] = []
    for name in LISTS_WITH_CODE:
        faults += double_faults(_named(files, name, "code"), "The code")
    for name in LISTS_WITH_KEY:
        faults += double_faults(_named(files, name, "key"), "The key")
    items = (
        Place(tree, ("constructs", row, "items", column, "id"), item.id)
        for tree, file in files
        for row, construct in enumerate(file.constructs)
        for column, item in enumerate(construct.items)
    )
    figures = (
        Place(tree, ("constructs", row, "figures", column, "key"), figure.key)
        for tree, file in files
        for row, construct in enumerate(file.constructs)
        for column, figure in enumerate(construct.figures)
    )
    return faults + double_faults(items, "The item id") + double_faults(figures, "The figure key")


def _named(
    files: Sequence[tuple[YamlTree, FrameworkFile]], name: str, field: str
) -> Iterator[Place]:
    for tree, file in files:
        entries: tuple[Shape, ...] = getattr(file, name)
        for row, entry in enumerate(entries):
            yield Place(tree, (name, row, field), getattr(entry, field))


def _item_roles(tree: YamlTree, at: FieldPath, construct: Construct) -> Iterator[Place]:
    for row, item in enumerate(construct.items):
        for column, role in enumerate(item.roles):
            yield Place(tree, (*at, "items", row, "roles", column), role)


def _view_constructs(tree: YamlTree, file: FrameworkFile) -> Iterator[Place]:
    for row, view in enumerate(file.views):
        for column, code in enumerate(view.constructs):
            yield Place(tree, ("views", row, "constructs", column), code)


def _construct_faults(tree: YamlTree, at: FieldPath, construct: Construct) -> list[TemplateFault]:
    """Faults inside one construct: its flags, its parts, its value rule."""
    own = [item.id for item in construct.items]
    places = [
        Place(tree, (*at, "parts", row, "items", column), item)
        for row, part in enumerate(construct.parts)
        for column, item in enumerate(part.items)
    ]
    faults = unknown_faults(places, own, f"item of {construct.code}")
    faults += double_faults(places, "The item")
    in_parts = {place.word for place in places}
    checks = (
        (
            construct.obstacle and construct.direction is None,
            "direction",
            "An obstacle must say what low and high mean.",
            "Add 'direction:' with nl and en.",
        ),
        (
            bool(construct.items) != (construct.value_rule == "item_mean"),
            "value_rule",
            "'item_mean' goes with items, and items with 'item_mean'.",
            "Change the value rule or the items.",
        ),
        (
            bool(construct.items) and "answer" not in construct.evidence,
            "evidence",
            "The construct has items, but 'answer' is not among its evidence.",
            "Add 'answer'.",
        ),
        (
            bool(construct.parts) and in_parts != set(own),
            "parts",
            "Not every item is in a part.",
            "Put every item in one part, or leave the parts out.",
        ),
        (
            bool(construct.items) and not construct.is_scale and not construct.parts,
            "is_scale",
            "The items are not one scale, and nothing says how they are used.",
            "Add 'parts:'.",
        ),
        (
            bool(construct.figures) != (construct.value_rule in RULES_WITH_FIGURES),
            "figures",
            "'percent_rank' and 'computed' go with figures, and figures with one of them.",
            "Change the value rule or the figures.",
        ),
    )
    broken = [
        tree.fault((*at, name), problem, cure) for wrong, name, problem, cure in checks if wrong
    ]
    return faults + broken
