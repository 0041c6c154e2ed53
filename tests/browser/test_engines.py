"""The same promises in the engines of other browsers: L1 to L4, L7, L14, S1 and S7 in Firefox and in WebKitGTK."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.hand import Hand
from tests.conftest import Membership, Server
from tests.people import new_resume

RUN = Path(__file__).parent / "engines" / "run.mjs"
PROGRAMS = {"firefox": "firefox-esr", "webkit": "WebKitWebDriver"}
MOST = 10  # résumés, one for each scenario


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # files in flight when a browser closes
@pytest.mark.parametrize("engine", PROGRAMS)
def test_nothing_typed_is_lost_in_another_engine(
    engine: str, site: Server, membership: Membership, hand: Hand, tmp_path: Path
) -> None:
    program = shutil.which(PROGRAMS[engine])
    assert program, f"{PROGRAMS[engine]} is missing: make test-deps installs it"
    photo = tmp_path / "me.png"
    photo.write_bytes(b"x")
    wish = {
        "engine": engine,
        "program": program,
        "site": site.url,
        "cookies": {"session": membership.cookie, "lang": "ko"},
        "resumes": [site.url + new_resume(hand) for _ in range(MOST)],
        "photo": str(photo),
    }

    told = subprocess.run(  # noqa: S603  our own words
        [shutil.which("node") or "node", RUN, json.dumps(wish)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert told.returncode == 0, told.stderr
    outcome = json.loads(told.stdout)
    assert outcome["failed"] == {}, "\n\n".join(outcome["failed"].values())
    assert len(outcome["ran"]) == 8
