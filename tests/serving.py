"""The real server: on a free port, in a thread of this process or in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI
from jinja2 import FileSystemBytecodeCache

from app.kit.assets import OwnFiles

ROOT = Path(__file__).resolve().parent.parent
COMPILED = ROOT / ".cache" / "templates"
PATIENCE = 30.0  # seconds until a server that does not answer is given up


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wire(**options: Any) -> httpx2.Client:
    """A client of a server on this machine. To read all certificates takes longer than a request."""
    return httpx2.Client(trust_env=False, verify=False, **options)


def wait_until_ready(url: str, *, process: subprocess.Popen[bytes] | None = None) -> None:
    """Returns when ``/healthz`` answers 200."""
    until = time.monotonic() + PATIENCE
    with wire() as client:
        while time.monotonic() < until:
            if process is not None and process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}")
            try:
                if client.get(f"{url}/healthz", timeout=5).status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.05)
    raise TimeoutError(f"{url} did not become ready")


def settled(app: FastAPI) -> FastAPI:
    """An application whose files do not change: in development it would look at every one of them
    for every page. What a template compiles to is kept for the next application, and the next run.
    """
    templates = app.state.templates
    templates.auto_reload = False
    COMPILED.mkdir(parents=True, exist_ok=True)
    templates.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))
    templates.globals["static"] = OwnFiles(fresh=False).address
    return app


@contextmanager
def serving(app: FastAPI, port: int) -> Iterator[str]:
    """An application served by a thread of this process: the test's clock is its clock."""
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url)
        yield url
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@dataclass
class Served:
    """A server in a process of its own, which can be killed and started again."""

    environment: Mapping[str, str]
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None
    options: Sequence[str] = ()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "serve", "--port", str(self.port), *self.options],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until_ready(self.url, process=self.process)

    def kill(self) -> None:
        """The power goes: no handler runs, nothing is finished."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(PATIENCE)
