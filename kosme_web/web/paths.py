"""Where a form may lead: to a path of this site, never to another host."""


def is_own_path(target: str) -> bool:
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    return is_ours and target.isprintable() and " " not in target
