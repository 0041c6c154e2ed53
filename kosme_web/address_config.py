"""The settings about where addresses come from."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

SEARCHES = ("juso", "local")


class AddressReader(ABC):
    """The part of the reader of settings that knows our own copy of the addresses."""

    env: Mapping[str, str]
    data_dir: Path

    @abstractmethod
    def _text(self, name: str, default: str) -> str: ...

    @abstractmethod
    def _secret(self, name: str, development: str = "") -> str: ...

    def _juso_key(self, name: str, development: str) -> str:
        """Read a key of juso.go.kr, which is not asked where our copy alone is."""
        return "" if self.env.get("KOSME_ADDRESS_SEARCH") == "local" else self._secret(name, development)

    def _address_index(self) -> str:
        """Read where our copy lies: beside the data where these are in PostgreSQL, else in a file of its own."""
        database = self.env.get("KOSME_DATABASE_URL", "")
        own = f"sqlite:///{self.data_dir / 'addresses.db'}"
        return self._text("KOSME_ADDRESS_INDEX_URL", database if database.startswith("postgresql") else own)
