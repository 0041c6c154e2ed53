"""A client that judges whatever it is given, and writes it down for html-validate."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, ClassVar

from werkzeug.test import TestResponse

from tests.conftest import StrictClient
from tests.markup import shortened
from tests.site.page_checks import SAME, ids_of, problems

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])|value=\"[\w.-]{40,}\"|[0-9]+")


class Walker(StrictClient):
    """Checks whatever it is given; a part of a page is checked as a part of the last page."""

    html_folder: ClassVar[Path]
    told: ClassVar[dict[str, list[str]]]  # of every browser of a test

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  as its base
        super().__init__(*args, **kwargs)
        self.page_ids: set[str] = set()
        self.pages = self.parts = 0

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401  as its base
        answer = super().open(*args, **kwargs)
        if answer.mimetype != "text/html" or answer.status_code in (301, 302, 303) or not answer.data:
            return answer
        if "<html" in answer.text:
            self.pages, self.page_ids = self.pages + 1, ids_of(answer.text)
        else:
            self.parts += 1
        if found := problems(answer.text, () if "<html" in answer.text else self.page_ids, SAME):
            self.told[f"{answer.request.method} {answer.request.path} {answer.status_code}"] = found
        self.keep(answer)
        return answer

    def keep(self, answer: TestResponse) -> None:
        """Write down each state once; ids, tokens and numbers make no other one."""
        state = hashlib.sha256(CHANGING.sub("", answer.text).encode()).hexdigest()[:12]
        name = re.sub(r"\W+", "-", CHANGING.sub("", answer.request.path)).strip("-") or "home"
        (self.html_folder / f"{name}-{state}.html").write_text(shortened(answer.text), encoding="utf-8")


def validated(folder: Path) -> str:
    """Give what html-validate says of all HTML in the folder: nothing, if it is sound."""
    config = ROOT / "tests/site/html-validate.mjs"
    command = [str(one) for one in (shutil.which("node"), VALIDATOR, "--config", config, "--formatter", "text", folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT).stdout  # noqa: S603  our own words
