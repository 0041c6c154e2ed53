"""Long lists of options are the bulk of a page and alike on all of them: each is looked at once."""

import re
from collections.abc import Iterator

RUN = re.compile(r"((?:<option[^<>]*>[^<>&]*</option>\s*){2})((?:<option[^<>]*>[^<>&]*</option>\s*)+)")


def shortened(html: str) -> str:
    """Cut each list of plain options after the second; one with a reference or a stray bracket stays whole."""
    return RUN.sub(r"\1", html)


def long_lists(html: str) -> Iterator[str]:
    yield from (found.group() for found in RUN.finditer(html))
