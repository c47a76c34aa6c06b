"""Do the numbers on the map of cases stand where they cover no other?"""

import random

from rodedraad.country.pictures.shapes import HEIGHT, WIDTH
from rodedraad.studies.pictures.cases_map import Mark, Marks


def test_many_marks_stand_apart_inside_the_picture_and_in_the_order_given() -> None:
    lot, marks, given = random.Random(3), Marks(), []
    for number in range(150):
        place = (lot.randrange(WIDTH), lot.randrange(HEIGHT // 2))
        given.append(Mark(lot.choice(["chosen", "reserve"]), str(number), place, place))
        marks.put(given[-1])
    assert [mark.label for mark in marks.placed] == [mark.label for mark in given]
    moved = [mark for mark in marks.placed if mark.at != mark.place]
    assert moved
    for number, mark in enumerate(marks.placed):
        if mark in moved:
            assert mark.fits(marks.placed[:number])
        elif not mark.fits(marks.placed[:number]):  # it found no room, and stands on its place
            x, y = mark.place
            near = [Mark(mark.kind, "", mark.place, (x + 30, y)),
                    Mark(mark.kind, "", mark.place, (x, y + 30))]  # fmt: skip
            assert not any(each.fits(marks.placed[:number]) for each in near)
