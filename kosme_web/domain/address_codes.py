"""The official codes of an address: its legal quarter (법정동), its road and its building."""

import re

FORMS = {
    "legal_area_code": re.compile("[0-9]{10}"),
    "road_code": re.compile("[0-9]{12}"),
    "building_code": re.compile("[0-9]{25,26}"),
}


def join(*codes: str | None) -> str:
    """Write codes into one text, each in its place; nothing where none is known."""
    return "/".join(code or "" for code in codes) if any(codes) else ""


def split(text: str) -> dict[str, str | None]:
    """Give each code of a text such as 4817013700/481703194001/4817013700…; None for what is none."""
    parts = [*text.split("/"), "", "", ""]
    return {
        name: part if form.fullmatch(part) else None for (name, form), part in zip(FORMS.items(), parts, strict=False)
    }
