"""A confined child that draws one picture after the other: only the loop around what the site runs is ours.

Run as the site runs its own child. Each question is a line with the kind and the length, then the bytes; each answer
a line of JSON, then the files. The drawings are small, because it is the decoders that are tried.
"""

import importlib.util
import json
import os
import sys
from typing import Any

CHILD, *LIBRARIES = sys.argv[1:]
PAGE = os.sysconf("SC_PAGE_SIZE")

sys.path.extend(LIBRARIES)
spec = importlib.util.spec_from_file_location("child", CHILD)
assert spec
assert spec.loader
child: Any = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child.PHOTO, child.SMALL, child.LEAST_WIDTH = (41, 53), (14, 18), 1
for name in ("JPEG", "HEIF", "SVG"):
    child.prepare(name)
memory = os.open("/proc/self/statm", os.O_RDONLY)
child.confine(processor_seconds=600)
for line in sys.stdin.buffer:
    kind, size = line.split()
    head, files = child.answer(sys.stdin.buffer.read(int(size)), kind.decode(), [100, 500, 500])
    used = int(os.pread(memory, 100, 0).split()[1]) * PAGE
    told = {**head, "sizes": [len(file) for file in files], "memory": used}
    sys.stdout.buffer.write(b"".join([json.dumps(told).encode(), b"\n", *files]))
    sys.stdout.buffer.flush()
