"""A stranger's text as one line that can be shown."""

from __future__ import annotations


def plain(text: str, most: int = 300) -> str:
    """Make a service's text one line of printable characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: most * 4]).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def with_words(sentence: str, words: str) -> str:
    """Put a service's own words, plain and without a full stop, behind a sentence; "" leaves it as it is."""
    return f"{sentence.removesuffix('.')}: {words}." if words else sentence
