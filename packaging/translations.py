"""Keeps the catalogues of texts: resources/translations/LANGUAGE.po for translators, LANGUAGE.mo for the program.

translations.py            brings in what the program says now, compiles, and tells what lacks
translations.py LANGUAGE   begins another: an ISO 639 code, which core/language.py is to list as well
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import BinaryIO

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""What has not changed is compiled to the same bytes."""
_HEADER = """\
# {name} texts of voipdesk, under the licence of voipdesk.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def gathered(folder: Path = ROOT / "voipdesk") -> Catalog:
    """Gather the texts that the program's source gives to the functions of core/language.py."""
    texts = Catalog()
    for _file, _line, text, _comments, context in extract_from_dir(folder, [("**.py", _calls)]):
        texts.add(text, context=context)
    return texts


def _calls(
    file: BinaryIO,
    keywords: Collection[str],
    _tags: object,
    options: object,  # noqa: ARG001 - Babel gives it by name
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Find the calls in the syntax tree: before Python 3.12, Babel's own way sees none inside an f-string."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords and node.args:
            texts = tuple(_text(argument) for argument in node.args)
            yield node.lineno, node.func.id, texts, []


def _text(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def read(language: str) -> Catalog:
    """Read what there is of a language; an empty one where there is nothing."""
    file = FOLDER / f"{language}.po"
    with file.open("rb") if file.exists() else io.BytesIO() as stream:
        return read_po(stream, locale=language)


def po_text(catalogue: Catalog) -> str:
    """Write a catalogue as it is kept: in the order of its texts, without dates or places, which would change daily."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, no_location=True, ignore_obsolete=True)
    locale = Locale.parse(str(catalogue.locale))
    header = _HEADER.format(
        name=locale.get_display_name("en"), language=locale, plurals=get_plural(str(locale)).plural_forms
    )
    return header + body.getvalue().decode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Compile a catalogue as the program reads it."""
    compiled = io.BytesIO()
    kept = read_po(io.StringIO(po_text(catalogue)), locale=str(catalogue.locale))
    kept.creation_date = kept.revision_date = _NO_DATE
    write_mo(compiled, kept)
    return compiled.getvalue()


def lacking(catalogue: Catalog) -> list[Message]:
    """List the texts that have no translation, or one that somebody is to look at."""
    return [text for text in catalogue if text.id and (text.fuzzy or not all(_forms(text.string)))]


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (text or "",)


def main(begun: list[str]) -> int:
    """Bring all catalogues up to date, and give how many texts lack."""
    FOLDER.mkdir(exist_ok=True)
    texts, left = gathered(), 0
    for language in sorted({file.stem for file in FOLDER.glob("*.po")} | set(begun)):
        catalogue = read(language)
        catalogue.update(texts, no_fuzzy_matching=True)
        (FOLDER / f"{language}.po").write_text(po_text(catalogue))
        (FOLDER / f"{language}.mo").write_bytes(mo_bytes(catalogue))
        untranslated = lacking(catalogue)
        for text in untranslated:
            print(f"{language}: {text.id!r}")
        print(f"{language}: {len(untranslated)} of {len(catalogue)} texts are not translated")
        left += len(untranslated)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
