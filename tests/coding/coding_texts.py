"""The text that the tests of the room code."""

TEXT = (
    "De raad besluit over het wijkteam.\n\n"
    "Het wijkteam leert van \U0001f600 gesprekken met inwoners. Het wijkteam leert langzaam.\n\n"
    "Aan het einde staat niets meer, behalve wat de wethouder zei over geld.\n"
)
