"""When a service fails, in every way it can: told within seconds in the person's language, and nothing is lost."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kosme_web.config import Settings, SettingsError
from kosme_web.providers import metrics
from tests.failures.conftest import Staging
from tests.failures.gate import Fault
from tests.failures.rows import ROWS as ROWS_OF_FORMS
from tests.failures.rows import Row
from tests.failures.social_rows import ROWS as ROWS_OF_LOG_INS
from tests.failures.stage import Stage

ROWS = (*ROWS_OF_FORMS, *ROWS_OF_LOG_INS)
LANGUAGES = ("ko", "en")
LONGEST = 6


def failures_of(stage: Stage, row: Row) -> float:
    """Give how often the figures say that the service failed."""
    name, told = stage.service(row.adapter).name, ("unavailable", "broken")
    labels = [{"provider": name, "outcome": outcome} for outcome in told]
    return sum(metrics.REGISTRY.get_sample_value("kosme_provider_calls_total", one) or 0 for one in labels)


def visitor_of(stage: Stage, row: Row, language: str) -> FlaskClient:
    client = stage.member if row.is_member else stage.app.test_client()
    client.set_cookie("lang", language)
    return client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", list(Fault), ids=str)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_failing_service_is_told_and_nothing_is_lost_and_it_recovers(
    staging: Staging, row: Row, fault: Fault, language: str, record_property: Callable[[str, object], None]
) -> None:
    stage = staging(fault)
    client = visitor_of(stage, row, language)
    row.before(stage, client)
    before, counted = row.written(stage), failures_of(stage, row)

    with stage.failing(row.adapter, fault, row.after):
        began = time.monotonic()
        answer = row.act(stage, client)
        record_property("cell", (row.name, str(fault), language, time.monotonic() - began))
        goes_on = row.goes_on(stage, client)

    assert str(row.told) in answer.text  # the pair of both languages
    assert f'<html lang="{language}">' in answer.text
    assert [text for text in row.keeps if text not in answer.text] == []
    assert row.written(stage) == before
    assert failures_of(stage, row) == counted + 1
    assert goes_on
    assert row.worked(row.act(stage, client))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_service_that_stays_down_is_left_alone_and_asked_again_later(staging: Staging, row: Row) -> None:
    stage = staging(Fault.REFUSED)
    client = visitor_of(stage, row, "ko")
    row.before(stage, client)
    breaker = stage.service(row.adapter).breaker

    with stage.failing(row.adapter, Fault.REFUSED, row.after):
        told = [row.act(stage, client) for _ in range(breaker.most_failures)]
        stage.gates[row.adapter].recover()  # it is there again, but nobody knows yet
        told.append(row.act(stage, client))
        assert breaker.is_open

    assert all(str(row.told) in answer.text for answer in told)
    assert row.worked(row.act(stage, client))
    assert not breaker.is_open


def test_no_setting_lets_a_person_wait_for_six_seconds(tmp_path: Path) -> None:
    limit = "KOSME_PROVIDER_SECONDS"

    assert Settings.from_env({"KOSME_DATA_DIR": str(tmp_path)}).provider_seconds < LONGEST
    with pytest.raises(SettingsError, match=limit):
        Settings.from_env({"KOSME_DATA_DIR": str(tmp_path), limit: str(LONGEST)})


def test_every_adapter_keeps_to_the_limit_that_is_set(staging: Staging) -> None:
    stage = staging(Fault.CRASH)
    set_ = stage.usual.settings.provider_seconds

    asked = stage.gates.keys() - {"mail"}  # which nobody waits for, and which takes its time by nature

    assert {name: stage.limit(name) for name in asked} == dict.fromkeys(asked, set_)
