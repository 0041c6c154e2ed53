"""The figures of the outside services: for whoever runs the site, and for nobody else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kosme_web.providers import metrics
from tests.people import IDENTITY

TOKEN = "0123456789abcdef0123456789abcdef"
HERE = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def with_token(app: Flask) -> Callable[[], None]:
    toolbox = app.extensions["kosme_web"]

    def set_token() -> None:
        app.extensions["kosme_web"] = replace(toolbox, settings=replace(toolbox.settings, metrics_token=TOKEN))

    return set_token


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_may_read_the_figures(visitor: FlaskClient, address: str) -> None:
    answer = visitor.get("/metrics", environ_overrides={"REMOTE_ADDR": address})

    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "unix", ""])
def test_for_anybody_else_there_is_no_such_page(visitor: FlaskClient, address: str) -> None:
    assert visitor.get("/metrics", environ_overrides={"REMOTE_ADDR": address}).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via"])
def test_what_a_proxy_on_this_machine_brings_is_not_this_machine(visitor: FlaskClient, header: str) -> None:
    assert visitor.get("/metrics", environ_overrides=HERE, headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", f"Bearer {TOKEN[:-1]}", TOKEN, f"Bearer {TOKEN} ", "Bearer \u00e9"])
def test_with_a_token_nothing_else_opens(visitor: FlaskClient, with_token: Callable[[], None], given: str) -> None:
    with_token()
    headers = {"Authorization": given.encode().decode("latin-1")}

    assert visitor.get("/metrics", environ_overrides=HERE, headers=headers).status_code == 404


def test_the_token_opens_from_anywhere(visitor: FlaskClient, with_token: Callable[[], None]) -> None:
    with_token()
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "192.0.2.7"}

    assert visitor.get("/metrics", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}, headers=headers).status_code == 200


def test_labels_name_services_and_outcomes_and_nothing_of_anybody(visitor: FlaskClient) -> None:
    visitor.post("/sign-up/identity", data=IDENTITY)
    visitor.post("/sign-up/identity", data={**IDENTITY, "phone_number": "010-2345-0001"})

    text = visitor.get("/metrics", environ_overrides=HERE).text
    labels = {
        (name, value)
        for family in metrics.REGISTRY.collect()
        for sample in family.samples
        for name, value in sample.labels.items()
        if name != "le"
    }

    assert 'kosme_provider_calls_total{outcome="ok",provider="portone"}' in text
    assert 'kosme_provider_calls_total{outcome="refused",provider="portone"}' in text
    outcomes = {"ok", "refused", "broken", "credentials", "unavailable", "resting", "crash"}
    assert {value for name, value in labels if name == "outcome"} <= outcomes
    assert {name for name, _ in labels} == {"provider", "outcome"}
