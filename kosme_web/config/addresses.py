"""The settings about where addresses come from."""

from kosme_web.config.reading import Reader

SEARCHES = ("juso", "local")


class AddressReader(Reader):
    """The part of the reader of settings that knows our own copy of the addresses."""

    def _juso_key(self, name: str, development: str) -> str:
        """Read a key of juso.go.kr, which is not asked where our copy alone is."""
        return "" if self.env.get("KOSME_ADDRESS_SEARCH") == "local" else self._secret(name, development)

    def _address_index(self) -> str:
        """Read where our copy lies: beside the data where these are in PostgreSQL, else in a file of its own."""
        database = self.env.get("KOSME_DATABASE_URL", "")
        own = f"sqlite:///{self.data_dir / 'addresses.db'}"
        return self._text("KOSME_ADDRESS_INDEX_URL", database if database.startswith("postgresql") else own)
