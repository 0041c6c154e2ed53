"""SOLAPI's delivery reports: posted to the site a little later, and again until it says 200."""

import secrets
import time
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import requests

from kosme_web.sandbox.state import State

PAUSE, SECONDS, MOST_TRIES = 0.5, 5, 4
DELIVERED, FAILED = ("4000", "수신 완료"), ("3014", "수신 거부 단말기")
ENDINGS = {"9002": (FAILED,), "9008": (FAILED, DELIVERED)}
TWICE = "9007"


def schedule(memory: State, entry: dict[str, Any]) -> None:
    """Have the message reach its end, and the site be told of it if it has an address for reports."""
    Thread(target=_finish, args=(memory, entry), daemon=True).start()


def _finish(memory: State, entry: dict[str, Any]) -> None:
    for code, meaning in ENDINGS.get(entry["to"][-4:], (DELIVERED,)):
        time.sleep(memory.report_seconds)
        entry.update(statusCode=code, statusMessage=meaning)
        event = _event(entry)
        for _ in range(2 if entry["to"].endswith(TWICE) else 1):
            _tell(memory.report_url, event)


def _event(entry: dict[str, Any]) -> dict[str, Any]:
    names = ("messageId", "type", "to", "from", "statusCode", "statusMessage", "customFields")
    moment = datetime.now(UTC).isoformat()
    moments = dict.fromkeys(("dateProcessed", "dateReported", "dateReceived"), moment)
    data = {**{name: entry[name] for name in names}, "groupId": "", "networkCode": "SKT", **moments}
    return {"eventDataId": secrets.token_hex(12), "data": data, "retryCount": 0}


def _tell(url: str, event: dict[str, Any]) -> None:
    for count in range(MOST_TRIES if url else 0):
        try:
            if requests.post(url, json=[{**event, "retryCount": count}], timeout=SECONDS).ok:
                return
        except requests.RequestException:
            pass  # the site may be down for a moment: that is what the tries are for
        time.sleep(PAUSE)
