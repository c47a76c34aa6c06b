"""The texts that the tests of rounds code."""

TEXTS = (
    "De raad besluit over het wijkteam. Het team \U0001f600 leert van inwoners.\n\n"
    "Het geld is op, zegt de wethouder.\n",
    "Er is geld voor een wijkteam. De raad leert langzaam. Morgen weer.\n",
    "Aan het einde staat niets meer.\n",
)
