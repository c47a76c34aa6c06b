"""The texts that the tests of the room score."""

PLAN = (
    "De gemeente leert van haar fouten.\n\n"
    "Elk kwartaal bespreken de teams wat werkt en wat niet.\n\n"
    "Sinds 2016 werken er in elke wijk integrale sociale teams.\n"
)
TALK = "De directeur vertelt dat er veel van elkaar wordt geleerd.\n\nOver geld zegt hij niets.\n"
