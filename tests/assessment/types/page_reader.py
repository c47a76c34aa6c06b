"""Someone who reads pages of a study in a test."""

import re
from html import unescape

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client

from rodedraad.accounts.models import Person
from rodedraad.studies.models import Study, TeamMember


class Reader:
    """Someone who is signed in with a second factor, in the team when a role is given."""

    def __init__(self, study: Study, name: str, role: str = "") -> None:
        self.person = Person.objects.create_user(f"{name}@voorbeeld.test", name=name)
        TOTP.activate(self.person, generate_totp_secret())
        if role:
            TeamMember.objects.create(study=study, person=self.person, role=role)
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.person)
        self.root = f"/studies/{study.slug}/"

    def get(self, path: str) -> HttpResponse:
        """Ask for a page of the study."""
        return self.client.get(self.root + path)

    def post(self, path: str, **given: str) -> HttpResponse:
        """Send a form of the study."""
        return self.client.post(self.root + path, given)

    def text(self, path: str) -> str:
        """Return the main text of a page as it is read, without its pictures."""
        answer = self.get(path)
        assert answer.status_code == 200, path
        main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
        main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))
