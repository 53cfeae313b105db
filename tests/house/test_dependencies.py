"""Every dependency is explained, and every package that comes with it has an exact version."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
PINS = {
    canonicalize_name(name): version
    for line in (ROOT / "packaging" / "constraints.txt").read_text().splitlines()
    if line and not line.startswith("#")
    for name, version in [line.split("==")]
}
DIRECT = [Requirement(text) for texts in (PROJECT["dependencies"], *EXTRAS.values()) for text in texts]
PYTHONS = [
    {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0", "sys_platform": "linux"}
    for minor in (11, 12, 13)
]


def applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({**python, "extra": e}) for python in PYTHONS for e in extras or {""})


def everything_needed() -> set[str]:
    """All packages that come along on Linux with any supported Python, as far as they are installed here."""
    seen: set[tuple[str, str]] = set()
    waiting = [r for r in DIRECT if applies(r, set())]
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), ",".join(sorted(requirement.extras)))
        if key in seen:
            continue
        seen.add(key)
        try:
            texts = metadata.requires(requirement.name) or []
        except metadata.PackageNotFoundError:  # belongs to another version of Python
            continue
        waiting += [r for r in map(Requirement, texts) if applies(r, requirement.extras)]
    return {name for name, _ in seen}


def test_every_package_has_an_exact_version():
    assert sorted(everything_needed() - PINS.keys()) == []


def test_no_version_is_kept_for_a_package_that_nothing_needs():
    installed = {canonicalize_name(d.name) for d in metadata.distributions()}
    assert sorted(PINS.keys() & installed - everything_needed()) == []


def test_what_is_installed_is_what_is_pinned():
    other = {name: metadata.version(name) for name in everything_needed() & PINS.keys() if _differs(name)}
    assert other == {}


def _differs(name: str) -> bool:
    try:
        return metadata.version(name) != PINS[name]
    except metadata.PackageNotFoundError:
        return False


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda r: r.name)
def test_the_readme_says_what_a_dependency_is_for(requirement):
    readme = (ROOT / "README.md").read_text()
    assert re.search(rf"^\| `{re.escape(requirement.name)}` \| \S", readme, re.MULTILINE)


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda r: r.name)
def test_a_pin_is_one_that_the_project_allows(requirement):
    if applies(requirement, set()):
        assert PINS[canonicalize_name(requirement.name)] in requirement.specifier
