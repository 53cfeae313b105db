"""The wheel, as a stranger gets it: built, installed into an empty virtual environment, started."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import voipdesk

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    # nothing of this checkout may be found by way of the environment
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "COVERAGE"))}
    done = subprocess.run(command, cwd=cwd, env=clean, text=True, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An empty virtual environment with the wheel in it; the packages it depends on are lent by this one."""
    folder = tmp_path_factory.mktemp("stranger")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    install = ("install", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    run(sys.executable, "-m", "pip", "--isolated", "--python", python, *install, cwd=folder)
    # Python does not follow the .pth files of a folder that a .pth file names: the checkout stays out
    (packages,) = (folder / "venv" / "lib").glob("python3.*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def test_the_wheel_has_the_program_its_resources_and_its_licence_and_no_tests(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    resources = {f.relative_to(ROOT).as_posix() for f in (ROOT / "resources").rglob("*") if f.is_file()}
    assert {f"voipdesk/{name}" for name in resources} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert {name.partition("/")[0] for name in names} == {"voipdesk", f"voipdesk-{voipdesk.__version__}.dist-info"}


def test_the_installed_program_starts(installed):
    told = run(installed / "venv" / "bin" / "voipdesk", "--help", cwd=installed)
    assert told.startswith("usage: voipdesk")


def test_the_installed_program_is_the_wheel_s_and_finds_its_resources(installed):
    ask = "import voipdesk, voipdesk.core.resources as r; print(voipdesk.__file__); print(r.resource('voipdesk.svg'))"
    for line in run(installed / "venv" / "bin" / "python", "-c", ask, cwd=installed).splitlines():
        assert Path(line).is_relative_to(installed / "venv")


def test_the_installed_window_opens(installed):
    picture = installed / "window.png"
    run(installed / "venv" / "bin" / "voipdesk", "--demo", "--screenshot", picture, cwd=installed)
    assert picture.read_bytes().startswith(b"\x89PNG")
