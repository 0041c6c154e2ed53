"""The settings about backups and the log of accesses to registration numbers."""

from kosme_web.config.reading import Reader

TWO_YEARS = 730  # 개인정보의 안전성 확보조치 기준 8조: of systems that keep unique identifiers


class SafekeepingReader(Reader):
    """The part of the reader of settings that knows what is kept for later."""

    def _backup_key(self) -> bytes:
        """Read the key of the backups; without it, they are neither made nor read."""
        name = "KOSME_BACKUP_KEY"
        return self._key(name, self.env.get(name) or self.generated.get(name, ""))

    def _access_log_days(self) -> int:
        return self._number("KOSME_ACCESS_LOG_DAYS", TWO_YEARS, TWO_YEARS, 3650)
