"""The vault: AES-256-GCM, a key id in front, bound to the place (table, column, row)."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kosme_web.services.vault import Vault, VaultError

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
PLACE = "draft_number/sealed/1"
TEXT = "9703146123456"  # synthetic


@pytest.fixture
def vault() -> Vault:
    return Vault({"k2": NEW, "k1": OLD})


@pytest.mark.parametrize("text", [TEXT, "", "한글 🙂", "x" * 10_000])
def test_what_was_sealed_comes_back(vault: Vault, text: str) -> None:
    assert vault.open(vault.seal(text, PLACE), PLACE) == text


def test_the_seal_shows_nothing_and_never_twice_the_same(vault: Vault) -> None:
    seals = {vault.seal(TEXT, PLACE) for _ in range(50)}

    assert len(seals) == 50
    assert not any(TEXT.encode() in seal for seal in seals)


def test_the_first_key_seals_and_its_id_stands_in_front(vault: Vault) -> None:
    sealed = vault.seal(TEXT, PLACE)

    assert sealed[:3] == b"\x02k2"
    assert AESGCM(NEW).decrypt(sealed[3:15], sealed[15:], PLACE.encode()) == TEXT.encode()


def test_an_older_key_of_the_ring_still_opens(vault: Vault) -> None:
    assert vault.open(Vault({"k1": OLD}).seal(TEXT, PLACE), PLACE) == TEXT


def test_a_key_that_left_the_ring_opens_nothing(vault: Vault) -> None:
    with pytest.raises(VaultError):
        Vault({"k3": OLD}).open(vault.seal(TEXT, PLACE), PLACE)


def test_another_key_under_the_same_id_opens_nothing(vault: Vault) -> None:
    with pytest.raises(VaultError):
        Vault({"k2": OLD}).open(vault.seal(TEXT, PLACE), PLACE)


@pytest.mark.parametrize("place", ["", "draft_number/sealed/2", "resume/sealed/1", PLACE + " "])
def test_another_place_opens_nothing(vault: Vault, place: str) -> None:
    with pytest.raises(VaultError):
        vault.open(vault.seal(TEXT, PLACE), place)


def test_no_byte_may_be_changed(vault: Vault) -> None:
    sealed = vault.seal(TEXT, PLACE)
    for at in range(len(sealed)):
        with pytest.raises(VaultError):
            vault.open(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], PLACE)


def test_no_byte_may_be_missing_or_added(vault: Vault) -> None:
    sealed = vault.seal(TEXT, PLACE)
    for wrong in [*(sealed[:length] for length in range(len(sealed))), sealed + b"\x00"]:
        with pytest.raises(VaultError):
            vault.open(wrong, PLACE)


def test_no_failure_quotes_the_text_or_a_key(vault: Vault) -> None:
    with pytest.raises(VaultError) as caught:
        vault.open(vault.seal(TEXT, PLACE), "another")

    assert TEXT not in repr(caught.value)
    assert caught.value.__suppress_context__
    assert "k2" not in repr(vault)
