"""What the sandbox remembers until it stops."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any, cast

from flask import current_app

MOST = 1000
START_BALANCE = 1_000_000  # won


def moment() -> str:
    return datetime.now(UTC).isoformat()


@dataclass
class Verification:
    """One request for identity verification, as the agency sees it."""

    id: str
    customer: dict[str, str]
    operator: str
    method: str
    code: str
    sent_at: float
    status: str = "READY"
    wrong_codes: int = 0
    sends: int = 1
    approval: str = "waiting"  # in the PASS app: waiting, approved, denied
    store: str = ""
    channel: str = ""
    requested_at: str = field(default_factory=moment)
    changed_at: str = field(default_factory=moment)

    @property
    def magic(self) -> str:
        return self.customer["phoneNumber"][-4:]

    def settle(self, status: str) -> None:
        self.status, self.changed_at = status, moment()


@dataclass
class Consent:
    """What a person lets our site see at an SNS, and where that site is."""

    service: str
    person: str
    items: frozenset[str]
    site: str  # the origin of its redirect address
    told: str = ""  # what became of the last notice


@dataclass
class Grant:
    """One log-in at an SNS, from its code to its tokens."""

    service: str
    person: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    challenge: str
    fault: str
    items: frozenset[str]
    made_at: float
    is_used: bool = False


@dataclass
class State:
    slow_seconds: float
    report_url: str = ""  # where delivery reports go; empty: nowhere
    report_seconds: float = 1.0
    balance: int = START_BALANCE
    lock: RLock = field(default_factory=RLock)
    verifications: "OrderedDict[str, Verification]" = field(default_factory=OrderedDict)
    sms: "deque[dict[str, str]]" = field(default_factory=lambda: deque(maxlen=MOST))
    mail: "deque[dict[str, str]]" = field(default_factory=lambda: deque(maxlen=MOST))
    grants: "OrderedDict[str, Grant]" = field(default_factory=OrderedDict)  # by code and by token
    consents: "OrderedDict[tuple[str, str], Consent]" = field(default_factory=OrderedDict)  # by service and person
    sms_log: "OrderedDict[str, dict[str, Any]]" = field(default_factory=OrderedDict)
    salts: "OrderedDict[str, None]" = field(default_factory=OrderedDict)
    crypto_tokens: "OrderedDict[str, dict[str, Any]]" = field(default_factory=OrderedDict)
    access_tokens: dict[str, bool] = field(default_factory=dict)
    refresh_tokens: dict[str, bool] = field(default_factory=dict)
    nice_token: str = "sandbox-nice-access-token"  # noqa: S105  opens nothing but this sandbox

    def remember(self, verification: Verification) -> None:
        with self.lock:
            self.verifications[verification.id] = verification
            while len(self.verifications) > MOST:
                self.verifications.popitem(last=False)

    def receive_sms(self, to: str, text: str, **more: str) -> None:
        sent_at = datetime.now(UTC).isoformat(timespec="seconds")
        self.sms.appendleft({"to": to, "text": text, "sent_at": sent_at, **more})

    def remember_sms(self, entry: dict[str, Any]) -> None:
        self.sms_log[entry["messageId"]] = entry
        while len(self.sms_log) > MOST:
            self.sms_log.popitem(last=False)

    def reset(self) -> None:
        with self.lock:
            for memory in (
                self.verifications,
                self.sms,
                self.mail,
                self.sms_log,
                self.salts,
                self.grants,
                self.consents,
                self.crypto_tokens,
            ):
                memory.clear()
            for tokens in (self.access_tokens, self.refresh_tokens):
                tokens.clear()
            self.nice_token = "sandbox-nice-access-token"  # noqa: S105
            self.balance = START_BALANCE


def state() -> State:
    return cast("State", current_app.extensions["state"])
