"""How does the command bring people into a study?"""

from pathlib import Path

from rodedraad.errors import Refusal
from rodedraad.fieldwork.people import people_add
from rodedraad.fieldwork.people_file import people_read
from rodedraad.studies.models import Wave


def people_bring_in(file: Path, slug: str, label: str) -> int:
    """Bring the people in a file into a wave of a study and return how many.

    Raises
    ------
    Refusal
        When there is no such study or wave, or something in the file is wrong.
    """
    waves = Wave.objects.filter(study__slug=slug).order_by("-reference_date", "-pk")
    wave = (waves.filter(label=label) if label else waves).first()
    if wave is None:
        raise Refusal(
            f"There is no study '{slug}' with {'the wave ' + repr(label) if label else 'a wave'}. "
            "Look at the list of studies on the site.",
            code="wave_unknown",
        )
    people = people_read(wave, file.read_bytes(), file.name)
    return len(people_add(wave, people, person=None, origin="command"))
