"""The database: which one is used, and what is refused."""

import json
import os
import subprocess
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from rodedraad import database, schema
from rodedraad.database import (
    _forget_dead_users,
    embedded_url,
    memory_bytes,
    settings_from_url,
    tuning,
)
from rodedraad.errors import Refusal
from rodedraad.schema import refuse_newer_schema


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://an%40a:s%3Acret@db.example:5433/study",
            {"NAME": "study", "USER": "an@a", "PASSWORD": "s:cret", "HOST": "db.example"},
        ),
        (
            "postgresql://postgres:@/postgres?host=/run/socket",
            {"NAME": "postgres", "USER": "postgres", "HOST": "/run/socket", "PORT": ""},
        ),
    ],
)  # fmt: skip
def test_an_address_becomes_settings(url: str, expected: dict[str, str]) -> None:
    settings = settings_from_url(url)
    assert {name: settings[name] for name in expected} == expected


def test_another_kind_of_database_is_refused_with_the_cure() -> None:
    with pytest.raises(Refusal, match="only PostgreSQL is supported. Write it as postgresql://"):
        settings_from_url("sqlite:///study.db")


def test_data_of_another_version_of_the_server_are_left_alone(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres" / "PG_VERSION").write_text("99\n")
    with pytest.raises(Refusal, match="PostgreSQL 99.*RODEDRAAD_HOME"):
        embedded_url()
    assert [path.name for path in (home / "postgres").iterdir()] == ["PG_VERSION"]


def test_a_killed_process_does_not_keep_the_server_running(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    users = tmp_path / "users.json"
    users.write_text(json.dumps([ended.pid, os.getpid()]))
    _forget_dead_users(users)
    assert json.loads(users.read_text()) == [os.getpid()]


def test_a_database_of_a_newer_version_is_refused_and_not_touched(db: None) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("studies", "0999_from_the_future")
    before = len(recorder.applied_migrations())
    with pytest.raises(Refusal, match="newer version.*0999_from_the_future.*Nothing was changed"):
        refuse_newer_schema()
    assert len(recorder.applied_migrations()) == before


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="asks what the embedded server was told")
def test_the_embedded_server_keeps_the_texts_of_a_study_in_memory(db: None) -> None:
    with connection.cursor() as cursor:
        for name, value in tuning(memory_bytes()).items():
            if name == "effective_cache_size":
                continue
            cursor.execute("SELECT current_setting(%s)", [name])
            assert cursor.fetchone() == (value,), name


def test_a_small_machine_or_container_keeps_memory_for_other_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tuning(64 * 2**30)["shared_buffers"] == "512MB"
    assert tuning(2 * 2**30)["shared_buffers"] == "256MB"
    assert "shared_buffers" not in tuning(2**29)
    (tmp_path / "memory.max").write_text(f"{2**29}\n")
    (tmp_path / "no.max").write_text("max\n")
    limits = [tmp_path / name for name in ("memory.max", "no.max", "nowhere")]
    monkeypatch.setattr(database, "MEMORY_LIMITS", limits)
    assert memory_bytes() == 2**29
    monkeypatch.setattr(database, "MEMORY_LIMITS", limits[1:])
    assert memory_bytes() > 2**29


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_that_bring_the_database_up_to_date_one_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    monkeypatch.setattr(schema.MigrationExecutor, "migration_plan", lambda *_: ["something"])
    monkeypatch.setattr(schema, "call_command", lambda name, **_: done.append(name))

    def update() -> None:
        schema.schema_update()
        connections.close_all()

    other = psycopg.connect(**connection.get_connection_params(), autocommit=True)
    other.execute("SELECT pg_advisory_lock(%s)", [schema.UPDATING])
    waiting = Thread(target=update)
    waiting.start()
    waiting.join(timeout=0.5)
    assert (waiting.is_alive(), done) == (True, [])
    other.close()
    waiting.join(timeout=30)
    assert (waiting.is_alive(), done) == (False, ["migrate"])
