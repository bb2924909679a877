"""Serves the demonstration authority with its worker, until Control-C ends both."""

import argparse
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent


def command(*words: str) -> None:
    if status := subprocess.run([BIN / "plimsoll", *words], check=False).returncode:
        sys.exit(status)


def port_is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def serve(port: int) -> int:
    """Run the worker beside the server; whichever ends first ends the other."""
    server = [
        BIN / "gunicorn",
        f"--bind=127.0.0.1:{port}",
        "--threads=8",
        # It would write to the home folder.
        "--no-control-socket",
        "--log-level=warning",
        "plimsoll.config.wsgi",
    ]
    running = [subprocess.Popen([BIN / "plimsoll", "work"]), subprocess.Popen(server)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return os.waitstatus_to_exitcode(os.wait()[1])
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if not port_is_free(port):
        sys.exit(f"Port {port} is taken. Another one: make run PORT={port + 1}")
    os.environ |= {"PLIMSOLL_DEMO": "1", "PLIMSOLL_URL": f"http://127.0.0.1:{port}"}
    os.environ.setdefault("PLIMSOLL_AUTHORITY", "harbourside")
    command("migrate")
    command("demo")
    print(f"Plimsoll is at http://127.0.0.1:{port} (Control-C stops it)", flush=True)
    sys.exit(serve(port))
