"""이력서 가져오기: reads a file of ours or a JSON Resume as typed texts; what is wrong with it is told."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import islice
from typing import Any, cast

from kosme_web.domain.typed import CONTROLS
from kosme_web.resume import json_resume
from kosme_web.resume.forms.resume import PAGE_FORMS, ROW_FORMS, field_names
from kosme_web.services.draft_rows import ROW_LIMITS
from kosme_web.services.drafts import MAX_TEXT
from kosme_web.services.exports import FORMAT, VERSION
from kosme_web.services.resume_list import MOST
from kosme_web.services.second_texts import MARK, OF_PAGE, OF_ROW
from kosme_web.services.typed_resumes import TypedEntry, TypedResume
from kosme_web.web.languages import both

NOT_TAKEN = frozenset({"unique_identifier_consent"})  # a consent is given by reading its text
PAGE_NAMES = (
    frozenset().union(*(field_names(form) for form in PAGE_FORMS.values()))
    | {"gap_reason", *(MARK + name for name in OF_PAGE)}
) - NOT_TAKEN
ROW_NAMES = {kind: field_names(form) | {MARK + name for name in OF_ROW[kind]} for kind, form in ROW_FORMS.items()}


class Problem(Enum):
    """Why a file is not taken."""

    NOT_JSON = both("This file is not JSON. Choose the file that you downloaded here, or a JSON Resume")
    UNKNOWN = both("This is neither a file of this service nor a JSON Resume")
    NEWER = both("This file comes from a newer version of this service")
    EMPTY = both("There is no résumé in this file")
    BROKEN = both("A part of this file is not as it should be. It may have been changed by hand")
    TOO_LONG = both("A text in this file is longer than 20,000 characters")
    TOO_MANY_ENTRIES = both("A résumé in this file has more universities or jobs than fit here")


class ImportRefusedError(Exception):
    """The file cannot be taken, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.name)
        self.problem = problem


def read(content: bytes) -> list[TypedResume]:
    """Give every résumé of the file."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ImportRefusedError(Problem.NOT_JSON) from None
    try:
        found = [_checked(one) for one in islice(_reader(data)(data), MOST + 1)]  # with one too many none is taken
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ImportRefusedError(Problem.BROKEN) from None
    if not found:
        raise ImportRefusedError(Problem.EMPTY)
    return found


def _reader(data: object) -> Callable[[Any], Iterator[TypedResume]]:
    if isinstance(data, dict) and data.get("format") == FORMAT:
        if data.get("version") != VERSION:
            raise ImportRefusedError(Problem.NEWER)
        return _ours
    if isinstance(data, dict) and isinstance(data.get("basics"), dict):
        return json_resume.typed
    raise ImportRefusedError(Problem.UNKNOWN)


def _ours(data: Mapping[str, Any]) -> Iterator[TypedResume]:
    for one in data["resumes"]:
        if not one.get("deleted_at"):
            entries = [TypedEntry(entry["kind"], entry["texts"]) for entry in one["entries"]]
            yield TypedResume(one["texts"], entries)


def _checked(typed: TypedResume) -> TypedResume:
    """Keep what our forms ask, and refuse what they could not hold."""
    counts = Counter(entry.kind for entry in typed.entries)
    if any(counts[kind] > ROW_LIMITS[kind] for kind in counts):
        raise ImportRefusedError(Problem.TOO_MANY_ENTRIES)
    entries = [TypedEntry(entry.kind, _texts(entry.texts, ROW_NAMES[entry.kind])) for entry in typed.entries]
    return TypedResume(_texts(typed.texts, PAGE_NAMES), entries)


def _texts(texts: Mapping[str, Any], names: frozenset[str]) -> dict[str, str]:
    kept = {name: text for name, text in texts.items() if name in names and text != ""}
    if not all(isinstance(text, str) for text in kept.values()):
        raise TypeError
    if any(len(text) > MAX_TEXT for text in kept.values()):
        raise ImportRefusedError(Problem.TOO_LONG)
    return {name: _clean(cast("str", text)) for name, text in kept.items()}


def _clean(text: str) -> str:
    """Leave out what nobody can type: halves of characters, which JSON can write, and control characters."""
    return CONTROLS.sub("", text.encode("utf-8", "ignore").decode()).replace("\r\n", "\n")
