import linecache
import subprocess
import sys
from importlib import import_module
from pathlib import Path


def test_a_module_that_is_loaded_beside_the_window_is_not_read_as_text(tmp_path, monkeypatch):
    """PySide reads the source of each module, which is kept from then on."""
    (tmp_path / "loaded_beside_the_window.py").write_text("KNOWN = 1\n")
    (tmp_path / "loads_another.py").write_text("import loaded_beside_the_window\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("loads_another", "loaded_beside_the_window"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import_module("loads_another")
    assert sys.modules["loaded_beside_the_window"].KNOWN == 1
    assert not [name for name in linecache.cache if name.startswith(str(tmp_path))]


def test_the_program_leaves_imports_to_python_before_it_loads_its_own_modules():
    code = (
        "import linecache, sys, voipdesk.app; print('voipdesk.core.errors' in sys.modules, *linecache.cache, sep='\\n')"
    )
    loaded, *read = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.splitlines()
    assert loaded == "True"
    assert not [name for name in read if Path(name).parent.name in {"core", "desktop"}]
