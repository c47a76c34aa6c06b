"""Does a name in a scatter plot stand only where nothing else lies?"""

import random

from rodedraad.assessment.pictures.scatter import Box, Taken


def test_what_lies_somewhere_is_found_by_every_box_that_overlaps_it_and_by_no_other() -> None:
    lot, taken, boxes = random.Random(5), Taken(), []
    for _number in range(300):
        left, top = lot.uniform(0, 500), lot.uniform(-20, 460)
        box = Box(left, top, left + lot.uniform(5, 150), top + lot.uniform(5, 40))
        assert taken.touches(box) == any(box.touches(other) for other in boxes)
        if lot.random() < 0.3:
            taken.add(box)
            boxes.append(box)
    assert len(boxes) > 50
