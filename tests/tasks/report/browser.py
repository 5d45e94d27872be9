"""Chromium without a window, led over its debugging pipe: what a page shows, says on the console and asks for."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PATH = Path("/usr/bin/chromium")
# It asks for nothing of its own, and as root it has no sandbox.
OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]  # fmt: skip
PATIENCE = 60.0  # seconds


class Browser:
    """A page in the browser.

    Attributes
    ----------
    events : list of dict
        What happened since it was opened: requests, lines on the console, errors.
    """

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._read = b""
        self._last = 0
        self._session: dict[str, str] = {}
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask for something, and wait for the answer."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params} | self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        """The next message of the browser."""
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"the browser said nothing for {PATIENCE:g} s"
            piece = os.read(self._answers, 1 << 20)
            assert piece, "the browser has gone"
            self._read += piece
        message, self._read = self._read.split(b"\0", 1)
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, path: Path, width: int, height: int = 800) -> None:
        """Open a file as a screen of that width shows it, and wait until all of it is there."""
        self.events.clear()
        mobile = width < 600
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile
        )  # fmt: skip
        self.call("Page.navigate", url=path.resolve().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """What a JavaScript expression comes to in the page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def happened(self, *methods: str) -> list[dict[str, Any]]:
        """The parameters of the events of these kinds."""
        return [event["params"] for event in self.events if event.get("method") in methods]

    def screenshot(self, path: Path, **options: Any) -> None:
        """Write a picture of the whole page, or of a `clip` of it."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, **options)
        path.write_bytes(base64.b64decode(shot["data"]))

    def printed(self) -> bytes:
        """The page on paper, as PDF."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=False)["data"])


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """Start the browser with an empty profile, and end it."""
    to_browser, commands = os.pipe()
    answers, from_browser = os.pipe()
    # It reads from descriptor 3 and writes to 4, wherever ours are.
    shell = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
    process = subprocess.Popen(
        ["/bin/bash", "-c", shell, str(PATH), *OPTIONS, f"--user-data-dir={profile}"],
        pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(to_browser)
    os.close(from_browser)
    try:
        yield Browser(commands, answers)
    finally:
        os.close(commands)
        os.close(answers)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
