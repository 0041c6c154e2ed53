"""What the sandbox remembers until it stops."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, cast

from flask import current_app

MOST = 1000


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


@dataclass
class State:
    slow_seconds: float
    lock: RLock = field(default_factory=RLock)
    verifications: "OrderedDict[str, Verification]" = field(default_factory=OrderedDict)
    sms: "deque[dict[str, str]]" = field(default_factory=lambda: deque(maxlen=MOST))
    mail: "deque[dict[str, str]]" = field(default_factory=lambda: deque(maxlen=MOST))
    crypto_tokens: "OrderedDict[str, dict[str, Any]]" = field(default_factory=OrderedDict)

    def remember(self, verification: Verification) -> None:
        with self.lock:
            self.verifications[verification.id] = verification
            while len(self.verifications) > MOST:
                self.verifications.popitem(last=False)

    def reset(self) -> None:
        with self.lock:
            for memory in (self.verifications, self.sms, self.mail, self.crypto_tokens):
                memory.clear()


def state() -> State:
    return cast("State", current_app.extensions["state"])
