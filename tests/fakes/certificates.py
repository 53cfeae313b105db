"""Certificates for tests, made by openssl: of an authority that nobody knows, for any name and time."""

import subprocess
from pathlib import Path

CONFIGURATION = """[ca]
default_ca = here
[here]
database = {folder}/issued
new_certs_dir = {folder}
serial = {folder}/serial
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""


class Authority:
    """Signs certificates; its own is `certificate`."""

    def __init__(self, folder: Path, name: str = "An authority for tests") -> None:
        self._folder = folder
        self.certificate = folder / "authority.pem"
        self._key = folder / "authority-key.pem"
        (folder / "configuration").write_text(CONFIGURATION.format(folder=folder))
        (folder / "issued").write_text("")
        (folder / "serial").write_text("01")
        openssl("req", "-x509", *_NEW, self._key, "-days", "2", "-subj", f"/CN={name}", "-out", self.certificate)

    def issue(self, *names: str, since: str = "20200101000000Z", until: str = "20991231235959Z") -> tuple[Path, Path]:
        """Sign a certificate for host names or addresses; give its file and its key's."""
        made = self._folder / f"{names[0]}-{since}-{until}.pem"
        key, request = made.with_suffix(".key"), made.with_suffix(".csr")
        kinds = (f"{'IP' if name[0].isdigit() else 'DNS'}:{name}" for name in names)
        openssl(
            "req", "-new", *_NEW, key, "-subj", f"/CN={names[0]}", "-addext", f"subjectAltName={','.join(kinds)}",
            "-out", request,
        )  # fmt: skip
        openssl(
            "ca", "-batch", "-config", self._folder / "configuration", "-cert", self.certificate, "-keyfile", self._key,
            "-startdate", since, "-enddate", until, "-in", request, "-out", made, "-notext",
        )  # fmt: skip
        return made, key


def self_signed(folder: Path, *names: str) -> tuple[Path, Path]:
    """Make a certificate that vouches for itself; give its file and its key's."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    kinds = ",".join(f"{'IP' if name[0].isdigit() else 'DNS'}:{name}" for name in names)
    openssl(
        "req", "-x509", *_NEW, key, "-days", "2", "-subj", f"/CN={names[0]}", "-addext", f"subjectAltName={kinds}",
        "-out", made,
    )  # fmt: skip
    return made, key


def openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


_NEW = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout")
