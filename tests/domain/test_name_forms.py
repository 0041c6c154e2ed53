"""이름 표기 (N18): one name as the card, public documents, daily life and a passport's zone write it."""

import pytest

from kosme_web.domain.name_forms import LINE, forms_of


@pytest.mark.parametrize(
    ("english", "hangul", "document", "given_first", "machine"),
    [
        ("Nguyen Van Anh", "응우옌 반 아인", "NGUYEN VAN ANH(응우옌반아인)", "Van Anh Nguyen", "NGUYEN<<VAN<ANH"),
        ("SUKARNO", "", "SUKARNO", "Sukarno", "SUKARNO"),
        ("O", "오", "O(오)", "O", "O"),
        ("O’CONNOR-SMITH SEAN", "", "O’CONNOR-SMITH SEAN", "Sean O’Connor-Smith", "OCONNOR<SMITH<<SEAN"),
        ("Weiß Jürgen", "", "WEISS JÜRGEN", "Jürgen Weiss", "WEISS<<JURGEN"),
        ("Łódź Ñandú", "", "ŁÓDŹ ÑANDÚ", "Ñandú Łódź", "LODZ<<NANDU"),
        ("ĐẶNG ƯỚC", "", "ĐẶNG ƯỚC", "Ước Đặng", "DANG<<UOC"),
        ("OʻGʻILOY GʻULOMOVA", "", "O'G'ILOY G'ULOMOVA", "G'ulomova O'g'iloy", "OGILOY<<GULOMOVA"),
        ("YO'LDOSHEV", "", "YO'LDOSHEV", "Yo'ldoshev", "YOLDOSHEV"),
        ("", "", "", "", ""),
    ],
)
def test_a_name_in_four_ways(english: str, hangul: str, document: str, given_first: str, machine: str) -> None:
    forms = forms_of(english, hangul)

    assert (forms.document, forms.given_first, forms.machine.rstrip("<")) == (document, given_first, machine)
    assert (len(forms.machine), forms.is_cut) == (LINE, False)


def test_a_name_of_sixty_letters_is_cut_in_the_zone_and_nowhere_else() -> None:
    name = "RAMANATHAPURAM " + "V" * 45

    forms = forms_of(name, "")

    assert forms.card == name
    assert forms.machine == f"RAMANATHAPURAM<<{'V' * 23}"
    assert forms.is_cut
