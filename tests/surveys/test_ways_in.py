"""Does a token let in whom it is for, and nobody else?"""

import pytest

from rodedraad.surveys.models import Invitation, StratumLink
from rodedraad.surveys.ways_in import (
    invitation_make,
    stratum_link_make,
    token_of,
    way_for,
)

pytestmark = pytest.mark.django_db


def test_a_token_opens_the_way_in_that_it_was_made_for(survey, participation):
    made = invitation_make(survey, participation)
    assert way_for(token_of(made)) == made
    assert way_for("x" * 22) is None


def test_the_same_participation_is_invited_once_and_keeps_its_token(survey, participation):
    first, second = (invitation_make(survey, participation) for _ in range(2))
    assert first == second
    assert token_of(first) == token_of(second)
    assert Invitation.objects.count() == 1


def test_the_database_does_not_hold_a_token(survey, participation):
    made = invitation_make(survey, participation)
    assert token_of(made) not in made.token_digest
    assert len(made.token_digest) == 64


def test_an_invitation_and_a_link_with_one_number_have_two_tokens(survey, participation):
    invitation = invitation_make(survey, participation)
    link = stratum_link_make(survey, participation.case, "U")
    link.pk = invitation.pk
    assert token_of(invitation) != token_of(link)


def test_everyone_of_a_case_and_role_has_one_link(survey, participation):
    links = {stratum_link_make(survey, participation.case, "U").pk for _ in range(2)}
    assert len(links) == 1
    assert way_for(token_of(StratumLink.objects.get())) == StratumLink.objects.get()
