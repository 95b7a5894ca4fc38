"""The local server as a process: `pingyi serve` on a directory of its own."""

import os
import re
import secrets
import signal
import subprocess
import threading
import time
from pathlib import Path

from template import ROOT

LISTENING = re.compile(r"listening on (http://\S+)")


def build():
    """Builds every program. With the tests, so that crates have the features that `cargo test` gave them: for one
    package alone the largest of them would be built a second time."""
    return subprocess.run(["cargo", "build", "--quiet", "--workspace", "--bins", "--tests"], cwd=ROOT).returncode == 0


def program(name):
    return ROOT / "target" / "debug" / name


class Process:
    """A program that says on standard output where it listens."""

    def __init__(self, command, environment=None, wait=30):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **(environment or {})})
        self.address, self.lines = None, []
        found = threading.Event()

        def read():
            for line in self.process.stdout:
                self.lines.append(line.rstrip())
                match = LISTENING.search(line)
                if match and not self.address:
                    self.address = match.group(1)
                    found.set()
            found.set()
        threading.Thread(target=read, daemon=True).start()
        if not found.wait(wait) or not self.address:
            self.process.kill()
            raise RuntimeError(f"{command[0]} does not listen: {self.lines}")

    def end(self):
        """Asks it to end; the seconds that took, or None if it had to be killed."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None
        return time.monotonic() - start

    def peak_memory(self):
        """Most megabytes resident so far."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024


class Local(Process):
    """`pingyi serve`. The password is drawn anew for each data directory. `state`: where the server notes, outside
    the data, how far they have come; a step that puts no data back keeps that with them."""

    def __init__(self, data, password=None, state=None):
        self.password = password or secrets.token_hex(8)
        super().__init__([program("pingyi"), "serve", "--addr", "127.0.0.1:0", "--data", data],
                         {"PINGYI_ADMIN_PASSWORD": self.password, "PINGYI_PUBLIC_URL": "", "PINGYI_APP": str(ROOT / "dist"),
                          "PINGYI_STATE": str(state or Path(data) / "state")})
