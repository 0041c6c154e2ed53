"""로그인한 기기: what a browser calls itself, in the two words by which people know their devices."""

BROWSERS = (  # the first that is named counts: most of them name Chrome and Safari, too
    ("KAKAOTALK", "KakaoTalk"),
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("X11; Cr", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Give system and browser, such as ``Android · Chrome``; nothing where neither is known."""
    found = (next((name for mark, name in marks if mark in user_agent), "") for marks in (SYSTEMS, BROWSERS))
    return " · ".join(filter(None, found))
