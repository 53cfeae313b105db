"""No file names a place that exists on one machine only, or a host that packages are fetched from."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "build", "dist", "shared", ".hypothesis", "__pycache__"}
# written so that this file is not one of them
PLACES = re.compile(r"/wor[k]/|/far[m]/|/tmp/v[d]|py[p]i\.(org|io)|python[h]osted|index-ur[l]")


def texts() -> Iterator[tuple[Path, str]]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in NOT_OURS and not f.endswith(("_cache", ".egg-info"))]
        for name in files:
            file = Path(folder, name)
            if name == ".git" or name.startswith(".coverage") or file.suffix in {".mo", ".png", ".pyc"}:
                continue
            yield file.relative_to(ROOT), file.read_text(encoding="utf-8")


def test_no_file_names_a_machine_or_an_index():
    found = [f"{file}: {match.group()}" for file, text in texts() for match in PLACES.finditer(text)]
    assert found == []
