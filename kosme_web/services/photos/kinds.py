"""What kind of picture a file is, by its first bytes: its name and what a browser says of it do not count."""

from kosme_web.services.photos.svg import is_svg

MAGIC = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def kind_of(content: bytes) -> str | None:
    """Give the decoder that may look at it, by Pillow's name for it or SVG, if there is one."""
    for magic, kind in MAGIC.items():
        if content.startswith(magic):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return "HEIF"
    return "SVG" if is_svg(content) else None
