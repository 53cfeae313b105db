"""The set-up script against a machine of stand-ins: every program it calls is a script that writes down its call."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = [
    "awk",
    "basename",
    "cat",
    "chmod",
    "dirname",
    "env",
    "flock",
    "grep",
    "mkdir",
    "mktemp",
    "readlink",
    "rm",
    "sh",
]
TOOLS += ["sha256sum", "tail"]
PIP = """case "$*" in
"-m pip -V"|-c*) exit 0 ;;
esac
echo "pip $*" >>"$CALLS"
[ ! -e "$CALLS.broken" ] || { echo "no matching distribution"; exit 1; }
"""
PYTHON = f"""case $* in
"-m venv "*)
    echo "python3 $*" >>"$CALLS"
    for folder; do :; done
    mkdir -p "$folder/bin"
    cat >"$folder/bin/python" <<'PIP'
#!/bin/sh
{PIP}PIP
    chmod +x "$folder/bin/python" ;;
-V) echo "Python 3.12.3" ;;
esac
"""


class Machine:
    """A checkout and a PATH on which nothing is real that would change the machine."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.root, self.calls_file = folder / "bin", folder / "check out", folder / "calls"
        self.bin.mkdir()
        (self.root / "packaging").mkdir(parents=True)
        for name in ("setup.sh", "demo.sh", "display.sh", "system-packages.txt", "constraints.txt"):
            shutil.copy(ROOT / "packaging" / name, self.root / "packaging")
        shutil.copy(ROOT / "pyproject.toml", self.root)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        names = [line.split()[1] for line in self.packages() if line.strip() and not line.startswith("#")]
        self.stand_in("dpkg-query", "".join(f"echo installed {name.split('|')[-1]}\n" for name in names))
        self.stand_in("dpkg", 'echo "dpkg $*" >>"$CALLS"')
        self.stand_in("apt-get", 'echo "apt-get $*" >>"$CALLS"')
        self.stand_in("apt-cache", '[ "$2" != libglib2.0-0t64 ]')
        self.stand_in("id", "echo 0")
        self.stand_in("python3", PYTHON)

    def packages(self) -> list[str]:
        return (self.root / "packaging" / "system-packages.txt").read_text().splitlines()

    def stand_in(self, name: str, script: str) -> None:
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.bin / name).chmod(0o755)

    def run(self, *arguments: str, script: str = "setup.sh", **environment: str) -> subprocess.CompletedProcess[str]:
        self.calls_file.unlink(missing_ok=True)
        return subprocess.run(
            ["sh", self.root / "packaging" / script, *arguments],
            cwd=self.bin,
            env={"PATH": str(self.bin), "CALLS": str(self.calls_file), "TMPDIR": str(self.bin.parent), **environment},
            text=True,
            capture_output=True,
            check=False,
            timeout=60,
        )

    def calls(self) -> list[str]:
        return self.calls_file.read_text().splitlines() if self.calls_file.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_the_first_run_makes_the_environment_and_the_second_does_nothing(machine):
    first = machine.run("test")
    assert first.returncode == 0, first.stderr
    venv, hatchling, program = machine.calls()
    assert venv == f"python3 -m venv {machine.root}/.venv"
    assert hatchling.endswith(f"--constraint {machine.root}/packaging/constraints.txt hatchling setuptools cffi")
    assert program.endswith(f"--no-build-isolation --editable {machine.root}[demo,test]")
    second = machine.run("test")
    assert (second.returncode, second.stdout, second.stderr, machine.calls()) == (0, "", "", [])


def test_the_demo_is_content_with_what_the_tests_installed(machine):
    machine.run("test")
    machine.run("run")
    assert machine.calls() == []


def test_the_tests_add_what_the_demo_did_not_install(machine):
    machine.run("run")
    assert machine.calls()[-1].endswith("[demo]")
    machine.run("test")
    assert machine.calls()[-1].endswith("[demo,test]")
    assert not any("venv" in call.split()[:3] for call in machine.calls())


def test_changed_constraints_are_installed_and_the_tests_tools_stay(machine):
    machine.run("test")
    with (machine.root / "packaging" / "constraints.txt").open("a") as file:
        file.write("idna==3.21\n")
    machine.run("run")
    assert machine.calls()[-1].endswith("[demo,test]")


def test_a_failed_install_is_shown_and_tried_again(machine):
    broken = machine.calls_file.with_suffix(".broken")
    broken.touch()
    failed = machine.run("run")
    assert failed.returncode == 1
    assert "no matching distribution" in failed.stderr
    assert "pip could not install" in failed.stderr
    broken.unlink()
    assert machine.run("run").returncode == 0
    assert len(machine.calls()) == 2


def test_a_failed_update_leaves_the_environment_as_it_was(machine):
    machine.run("test")
    stamp = machine.root / ".venv" / ".voipdesk-setup"
    before = stamp.read_text()
    (machine.root / "pyproject.toml").write_text("# another")
    machine.calls_file.with_suffix(".broken").touch()
    assert machine.run("run").returncode == 1
    assert stamp.read_text() == before


def test_after_an_interrupted_install_the_environment_is_made_anew(machine):
    machine.run("test")
    (machine.root / ".venv" / ".voipdesk-setup").write_text("unfinished\n")
    machine.run("run")
    assert machine.calls()[0].startswith("python3 -m venv")


def test_a_moved_checkout_is_installed_anew(machine):
    machine.run("run")
    machine.root = machine.root.rename(machine.root.with_name("moved"))
    machine.run("run")
    assert machine.calls()[-1].endswith("moved[demo]")


def test_an_older_python_is_refused_in_words(machine):
    machine.stand_in("python3", '[ "$1" = -V ] && echo "Python 3.10.12"')
    refused = machine.run("run")
    assert refused.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed, and python3 is Python 3.10.12" in refused.stderr


def test_another_python_on_the_machine_serves_when_the_usual_one_is_too_old(machine):
    machine.stand_in("python3", "exit 1")
    machine.stand_in("python3.12", PYTHON.replace("python3 $*", "python3.12 $*"))
    assert machine.run("run").returncode == 0
    assert machine.calls()[0].startswith("python3.12 -m venv")


def test_root_installs_what_is_missing_under_the_name_this_release_has(machine):
    machine.stand_in("dpkg-query", "echo installed python3-venv")
    assert machine.run("run").returncode == 0
    update, install = machine.calls()[:2]
    assert update == "apt-get -o DPkg::Lock::Timeout=300 update"
    assert install.startswith("apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends ")
    assert " libglib2.0-0 " in install
    assert "python3-venv" not in install
    assert "xvfb" not in install


@pytest.mark.parametrize(("system", "installed"), [("debian", True), ("ubuntu", False)])
def test_the_browser_of_the_tests_is_installed_where_it_is_no_snap(machine, system, installed):
    (machine.root / "os-release").write_text(f'NAME="A system"\nID={system}\nID_LIKE=debian\n')
    machine.stand_in("dpkg-query", ":")
    assert machine.run("test", OS_RELEASE=str(machine.root / "os-release")).returncode == 0
    install = machine.calls()[1].split()
    assert ("chromium" in install, "xdotool" in install) == (installed, True)


def test_a_newer_release_gets_the_newer_name(machine):
    machine.stand_in("dpkg-query", ":")
    machine.stand_in("apt-cache", ":")
    machine.run("run")
    assert " libglib2.0-0t64 " in machine.calls()[1]


def test_a_library_under_its_newer_name_is_not_missing(machine):
    text = (machine.bin / "dpkg-query").read_text()
    (machine.bin / "dpkg-query").write_text(text.replace("libglib2.0-0\n", "libglib2.0-0t64\n"))
    machine.run("run")
    assert not any("apt-get" in call for call in machine.calls())


def test_without_root_the_exact_command_is_printed_and_nothing_is_done(machine):
    machine.stand_in("dpkg-query", "echo installed python3-venv")
    machine.stand_in("id", "echo 1000")
    told = machine.run("test")
    assert told.returncode == 1
    assert "sudo apt-get update && sudo apt-get install --no-install-recommends ca-certificates" in told.stderr
    assert "gnome-keyring" in told.stderr
    assert machine.calls() == []


def test_sudo_is_used_where_it_asks_for_no_password(machine):
    machine.stand_in("dpkg-query", ":")
    machine.stand_in("id", "echo 1000")
    machine.stand_in("sudo", '[ "$1" = -n ] && shift && [ "$1" = true ] || { echo "sudo $*" >>"$CALLS"; }')
    assert machine.run("run").returncode == 0
    assert machine.calls()[0].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get")


def test_a_registrar_that_is_installed_for_the_tests_is_no_service_of_the_machine(machine):
    machine.stand_in("dpkg-query", "echo installed python3-venv")
    machine.stand_in("systemctl", 'echo "systemctl $*" >>"$CALLS"')
    assert machine.run("test").returncode == 0
    update, mask, install = machine.calls()[:3]
    assert (update.split()[-1], mask) == ("update", "systemctl mask kamailio.service")
    assert " kamailio " in install
    machine.stand_in("id", "echo 1000")
    assert "sudo systemctl mask kamailio.service\n  sudo apt-get update" in machine.run("test").stderr


def test_one_that_is_there_already_is_left_as_it_is(machine):
    text = (machine.bin / "dpkg-query").read_text()
    (machine.bin / "dpkg-query").write_text(text.replace("echo installed sip-tester\n", ""))
    machine.stand_in("systemctl", 'echo "systemctl $*" >>"$CALLS"')
    assert machine.run("test").returncode == 0
    assert machine.calls()[1].endswith(" sip-tester")
    assert not any("systemctl" in call for call in machine.calls())


def test_an_installation_that_was_interrupted_is_finished_first(machine):
    machine.stand_in("dpkg-query", ":")
    machine.stand_in("apt-get", 'echo "apt-get" >>"$CALLS"; [ "$4" != -y ] || grep -q ^dpkg "$CALLS"')
    assert machine.run("run").returncode == 0
    assert machine.calls()[:4] == ["apt-get", "apt-get", "dpkg --configure -a", "apt-get"]


def test_what_apt_says_is_shown_when_it_fails(machine):
    machine.stand_in("dpkg-query", ":")
    machine.stand_in("apt-get", "echo E: unable to locate package; exit 100")
    failed = machine.run("run")
    assert failed.returncode == 1
    assert "unable to locate package" in failed.stderr
    assert not (machine.root / ".venv").exists()


def test_a_system_without_debian_s_packages_is_left_alone(machine):
    (machine.bin / "dpkg-query").unlink()
    (machine.bin / "apt-get").unlink()
    assert machine.run("run").returncode == 0


def test_an_unknown_purpose_is_an_error(machine):
    assert machine.run("everything").returncode == 1


def test_the_demo_without_a_display_says_how_to_get_a_picture(machine):
    told = machine.run(script="demo.sh")
    assert told.returncode == 1
    assert "sh packaging/demo.sh --screenshot FILE" in told.stderr
    assert machine.calls() == []


@pytest.mark.parametrize("arguments", [["--screenshot"], ["--screenshot="]])
def test_a_screenshot_needs_a_file(machine, arguments):
    told = machine.run(*arguments, script="demo.sh")
    assert (told.returncode, machine.calls()) == (2, [])


def test_the_demo_on_a_display_passes_its_options_on(machine):
    assert machine.run("tel:7042", "--home", "a b", script="demo.sh", DISPLAY=":9").returncode == 0
    assert machine.calls()[-1] == "pip -P -m voipdesk --demo tel:7042 --home a b"


def test_the_scripts_are_plain_shell():
    for script in (*ROOT.glob("packaging/*.sh"), ROOT / "tests" / "run.sh", ROOT / ".ci" / "run"):
        subprocess.run(["sh", "-n", script], check=True)
        if script.name != "display.sh":  # sourced
            assert os.access(script, os.X_OK), script
