"""Two devices write one résumé, at random: what the site acknowledged is in the field or in its past (S1, S2, S3)."""

import html
import os
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from werkzeug.test import TestResponse

from kosme_web.extensions import db, limiter
from tests.conftest import Server
from tests.people import join
from tests.site.filled import HTMX, JOB, filled_resume

STEPS = int(os.environ.get("KOSME_STEPS", "1500"))
A_RUN = 50  # steps
WRITTEN = 8  # texts, before somebody publishes
DUTIES, COMPANY = f"work-{JOB}-duties", f"work-{JOB}-company_name"
NAMES = ("title", "detail_address", COMPANY, DUTIES)
HELD_BY_THE_DRAFT = """
    SELECT name, value FROM draft_field UNION ALL SELECT name, rival FROM draft_field WHERE rival IS NOT NULL
    UNION ALL SELECT name, text FROM draft_past
    UNION ALL SELECT key, value FROM draft_row, json_each(draft_row.cleared) WHERE draft_row.cleared IS NOT NULL
"""
names = st.sampled_from(NAMES)
texts = st.sampled_from(["", "가", "가나", "가나다", "품질 관리", "QA engineer", "<b>O'Brien</b>", "x" * 300])
devices = st.sampled_from(["phone", "laptop"])
fates = st.sampled_from(["arrives", "arrives", "answer lost", "offline"])


@dataclass
class Device:
    """A browser with the page open, as its script behaves: what it shows, what it was told, what is on its way."""

    shown: dict[str, str]
    known: dict[str, str]  # what the site is known to have, by this page
    others: dict[str, str] = field(default_factory=dict)  # beside the own text, by the field in conflict
    waiting: dict[str, str] = field(default_factory=dict)
    key: str = ""

    @property
    def unsaved(self) -> dict[str, str]:
        return {name: text for name, text in self.shown.items() if text != self.known[name]}


class Site:
    """The site with its database, which each run finds as it was at first."""

    def __init__(self, app: Flask, page: str) -> None:
        self.app, self.page = app, page
        self.client = app.test_client()
        with app.app_context():
            self.path = Path(str(db.engine.url.database))
            db.engine.dispose()
        self.first = self.path.with_suffix(".first")
        self.copy(self.path, self.first)

    @staticmethod
    def copy(source: Path, target: Path) -> None:
        with sqlite3.connect(source) as taken, sqlite3.connect(target) as given:
            taken.backup(given)
        taken.close()
        given.close()

    def restore(self) -> None:
        self.copy(self.first, self.path)

    def values(self) -> defaultdict[str, str]:
        """Give what stands in each field now."""
        connection = sqlite3.connect(self.path)
        rows = connection.execute("SELECT name, value FROM draft_field").fetchall()
        connection.close()
        return defaultdict(str, rows)

    def held(self) -> list[tuple[str, str]]:
        connection = sqlite3.connect(self.path)
        rows = connection.execute(HELD_BY_THE_DRAFT).fetchall()
        connection.close()
        return rows


class Writing(RuleBasedStateMachine):
    site: Site

    def __init__(self) -> None:
        super().__init__()
        self.keys = count()
        self.acknowledged: set[tuple[str, str]] = set()

    @initialize()
    def begin(self) -> None:
        self.site.restore()
        limiter.reset()
        self.devices = {name: self.opened() for name in ("phone", "laptop")}

    def opened(self) -> Device:
        page = self.site.client.get(self.site.page).text
        found = {name: value_in(page, name) for name in NAMES}
        return Device(dict(found), dict(found))

    def post(self, path: str, data: dict[str, str], key: str = "") -> TestResponse:
        limiter.reset()  # nobody types as fast as this
        headers = HTMX | ({"Idempotency-Key": key} if key else {})
        return self.site.client.post(f"{self.site.page}/{path}", data=data, headers=headers)

    @rule(device=devices, name=names, text=texts)
    def types(self, device: str, name: str, text: str) -> None:
        self.devices[device].shown[name] = text

    @rule(device=devices, typed=st.dictionaries(names, texts, min_size=1), fate=fates)
    def types_and_saves(self, device: str, typed: dict[str, str], fate: str) -> None:
        self.devices[device].shown |= typed
        self.saves(device, fate)

    @rule(device=devices, fate=fates)
    def saves(self, device: str, fate: str) -> None:
        """Send what is unsaved, or again what got no answer, with the key that it had."""
        one = self.devices[device]
        is_new = not one.waiting
        if is_new:
            one.waiting = {**one.unsaved, **{f"base-{name}": one.known[name] for name in one.unsaved}}
            one.key = f"{device}-key-{next(self.keys)}"
        if not one.waiting or fate == "offline":
            return
        there = self.site.values()
        answer = self.post("autosave", one.waiting, one.key)
        assert answer.status_code in (200, 204, 412, 422), answer.text
        sent = {name: text for name, text in one.waiting.items() if name in NAMES}
        refused = answer.headers["Kosme-Refused"].split()
        others = {name: other for name in refused if (other := other_in(answer.text, name)) is not None}
        assert all(name.startswith("work-") for name in refused if name not in others)  # of a job that is gone
        if is_new:
            met = {name for name, text in sent.items() if there[name] not in (text, one.known[name])}
            assert met - set(refused) == set(others) - met == set()
        self.acknowledged |= {(name, text) for name, text in sent.items() if name in others or name not in refused}
        if fate == "arrives":
            one.waiting, one.others = {}, others
            one.known |= {name: text for name, text in sent.items() if name not in refused}

    @rule(device=devices, choice=st.sampled_from(["mine", "theirs"]))
    def chooses(self, device: str, choice: str) -> None:
        one = self.devices[device]
        for name, other in list(one.others.items()):
            mine = one.shown[name]
            sent = {"field": name, name: mine, f"base-{name}": one.known[name], f"other-{name}": other}
            answer = self.post(f"choose/{choice}", sent)
            assert answer.status_code in (200, 412), answer.text
            still = other_in(answer.text, name)
            if name not in answer.headers["Kosme-Refused"].split():
                self.acknowledged.add((name, mine))
                one.shown[name] = one.known[name] = mine if choice == "mine" else other
                del one.others[name]
            elif still is not None:
                self.acknowledged.add((name, mine))
                one.others[name] = still

    @rule(device=devices)
    def loads_the_page_again(self, device: str) -> None:
        """What was not saved comes back from the browser's store, with what the site was known to have."""
        before, now = self.devices[device], self.opened()
        now.shown |= before.unsaved
        now.known |= {name: before.known[name] for name in before.unsaved}
        self.devices[device] = now

    @rule(device=devices, change=st.sampled_from(["remove", "undo", "reset"]))
    def changes_the_job(self, device: str, change: str) -> None:
        one = self.devices[device]
        answer = self.post(f"work/{JOB}/{change}", {})
        assert answer.status_code in (200, 404), answer.text
        page = self.opened()
        for name in (COMPANY, DUTIES):
            one.shown[name] = one.known[name] = page.known[name]

    @precondition(lambda self: len(self.acknowledged) > WRITTEN)
    @rule(device=devices)
    def publishes(self, device: str) -> None:
        """What was published is what the person meant; what came before may be forgotten then."""
        answer = self.site.client.post(f"{self.site.page}/publish", data={"seen": "99999"})
        assert answer.status_code in (303, 422), answer.text
        if answer.status_code == 303:
            self.acknowledged = set()
            self.devices[device] = self.opened()

    @invariant()
    def nothing_is_lost(self) -> None:
        held = self.site.held()
        for name, text in self.acknowledged:
            assert not text or any(name == kept and there.startswith(text) for kept, there in held), (name, text)


def value_in(page: str, name: str) -> str:
    """Give what stands in a field of the page; an entry that was removed shows none."""
    found = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', page)
    found = found or re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def other_in(page: str, name: str) -> str | None:
    """Give the text that the answer puts beside the one of this page, if it does."""
    other = BeautifulSoup(page, "html.parser").find("input", {"name": f"other-{name}"})
    return str(other["value"]) if other else None


@pytest.fixture
def site(app: Flask, visitor: FlaskClient, sandbox: Server) -> Site:
    join(visitor, sandbox.url)
    page = filled_resume(visitor)
    app.test_client_class = FlaskClient  # a strict look at each answer would take most of the time
    found = Site(app, page)
    cookie = visitor.get_cookie("session")
    assert cookie is not None
    found.client.set_cookie("session", cookie.value)
    return found


def test_nothing_that_two_devices_were_told_is_kept_is_ever_lost(site: Site) -> None:
    machine = type("Here", (Writing,), {"site": site})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=STEPS // A_RUN,
            stateful_step_count=A_RUN,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a failing run of fifty steps says enough; making it shorter takes minutes
        ),
    )
