"""약관 개정: each later version says in plain words what it changed."""

from datetime import date
from pathlib import Path

import pytest

from kosme_web.domain.legal import LegalTextError
from tests.domain.legal_notes import read, write


def test_a_later_version_says_what_it_changed_and_without_that_the_start_fails(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, version="2027-01-01")
    assert read(tmp_path).changed == ()
    assert [block.en for block in read(tmp_path, date(2027, 1, 1)).changed][:2] == ["One paragraph", "Heading"]

    (tmp_path / "NOTE/2027-01-01.changed.en.md").unlink()

    with pytest.raises(LegalTextError, match=r"NOTE/2027-01-01\.changed\.en\.md: is missing"):
        read(tmp_path)
