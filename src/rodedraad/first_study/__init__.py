"""The first study: how municipalities cooperate in the social domain, on public figures."""

from rodedraad.first_study.job import first_study

__all__ = ["first_study"]
