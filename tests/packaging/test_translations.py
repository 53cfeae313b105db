"""What is gathered for the translators."""

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "packaging/translations.py"
SOURCE = """
TITLE = N_("Call log")
_("one {name}, "
  "two", name=1)
f"{ngettext('{n} call', '{n} calls', 2)} {pgettext('state', 'Open')}{', '.join([_('inside')])}"
_(TITLE)
log.warning("no text")
"""


def test_texts_are_gathered_wherever_they_stand(tmp_path):
    spec = importlib.util.spec_from_file_location("translations", SCRIPT)
    translations = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(translations)
    (tmp_path / "module.py").write_text(SOURCE)
    texts = {(text.context, text.id) for text in translations.gathered(tmp_path) if text.id}
    assert texts == {
        (None, "Call log"),
        (None, "one {name}, two"),
        (None, ("{n} call", "{n} calls")),
        ("state", "Open"),
        (None, "inside"),
    }
