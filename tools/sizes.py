"""Holds what a visitor downloads to its budget, and says how large it is."""

import json
import sys
from pathlib import Path

DIST = Path(__file__).parent.parent / "static" / "dist"
# bytes as brotli, of pictures as they are; pages take the rest of 40 KB
BUDGETS = {
    "site.css": 10_000,
    "site.js": 18_000,
    "combobox.js": 1_400,
    "keep.js": 4_000,
    "session.js": 2_000,
    "address.js": 1_000,
    "photo.js": 2_000,
    "frame.js": 1_000,
    "pwa.js": 1_000,
    "service-worker.js": 1_000,
    "offline.js": 1_000,
    "identity-window.js": 1_000,
    "icon.svg": 1_000,
    "icon-192.png": 4_000,
    "icon-512.png": 10_000,
    "maskable-192.png": 4_000,
    "maskable-512.png": 8_000,
    "apple-touch-icon.png": 4_000,
}


def problems() -> list[str]:
    """Tell which files are missing, too large, or not asked for; print the size of each."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    told = [f"{name}: no budget in tools/sizes.py" for name in manifest.keys() - BUDGETS.keys()]
    for name, budget in BUDGETS.items():
        plain = DIST / manifest[name]["file"]
        packed = () if plain.suffix == ".png" else (".br", ".gz")
        forms = [plain, *(plain.with_name(plain.name + ending) for ending in packed)]
        missing = [form.name for form in forms if not form.is_file()]
        if missing:
            told.append(f"{name}: not built: {', '.join(missing)}")
            continue
        size = forms[bool(packed)].stat().st_size
        print(f"{name}: {size} of {budget} bytes")
        if size > budget:
            told.append(f"{name}: {size} bytes are more than {budget}")
    return told


if __name__ == "__main__":
    sys.exit("\n".join(problems()) or 0)
