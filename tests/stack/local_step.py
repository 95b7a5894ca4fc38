"""The journey and the golden cases against `pingyi serve`, and what a restart keeps."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from checks import Checks
from served import Local, build, program
from template import ROOT

check = Checks()


def main():
    if not check("pingyi builds", build()):
        check.close()
    with tempfile.TemporaryDirectory() as home:
        data, state, copied = Path(home) / "data", Path(home) / "state", Path(home) / "copied"
        server = Local(data, state=state)
        journey = subprocess.run([sys.executable, ROOT / "tests" / "http" / "journey.py", server.address, server.password, "--ballots", "200"])
        check("the journey is told to its end on the local server", journey.returncode == 0)
        cases = subprocess.run([sys.executable, ROOT / "tests" / "http" / "cases.py", server.address, server.password])
        check("the golden cases come out alike over HTTP", cases.returncode == 0)
        documented(server)
        print(f"peak memory of the local server: {server.peak_memory():.0f} MB")
        before = snapshot(server)
        took = server.end()
        check("SIGTERM ends the server within five seconds", took is not None and took < 5, took)
        shutil.copytree(data, copied)
        server = Local(data, server.password, state)
        check("a restart keeps every plan, record and result", snapshot(server) == before)
        server.end()
        # Since the copy somebody has signed in, if nothing else.
        shutil.rmtree(data)
        shutil.copytree(copied, data)
        refused = subprocess.run([program("pingyi"), "serve", "--addr", "127.0.0.1:0", "--data", data], capture_output=True, text=True,
                                 env={**os.environ, "PINGYI_STATE": str(state)})
        check("data that were put back are refused in one line", refused.returncode == 1 and refused.stderr.count("\n") == 1, refused.stderr)
    check.close()


def documented(server):
    """The page's examples with curl and pandas, run as they stand there, on a result that was published."""
    page = (ROOT / "docs" / "http.md").read_text()
    block = re.search(r"With `curl` and with pandas:\n\n```\n(.*?)```", page, re.S)
    if not check("docs/http.md has its examples with curl and pandas", block is not None):
        return
    listed = json.loads(urllib.request.urlopen(f"{server.address}/api/public").read())["publications"]
    script = block.group(1).replace("https://pingyi.example", server.address).replace("ID.csv", f"{listed[0]['id']}.csv")
    with tempfile.TemporaryDirectory() as folder:
        # The python that has pandas stands first.
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        ran = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
        rows = [row for row in (Path(folder) / "result.csv").read_text("utf-8-sig").splitlines() if row]
    check("they run", ran.returncode == 0, ran.stdout + ran.stderr)
    names = [row.split(",")[1] for row in rows[1:]]
    check("and show every unit of the result", len(names) > 1 and all(name in ran.stdout for name in names), (names, ran.stdout))


def snapshot(server):
    """Every plan with its records and, where it is public, its publication."""
    sys.path.insert(0, str(ROOT / "tests" / "http"))
    from client import Client
    office, found, cursor = Client(server.address), {}, ""
    assert office.post("/api/session", {"name": "admin", "password": server.password}).status == 204
    while True:
        page = office.get("/api/plans" + (f"?cursor={cursor}" if cursor else "")).json
        for plan in page["plans"]:
            path = f"/api/plans/{plan['id']}"
            found[plan["id"]] = [office.get(p).body.decode() for p in (path, f"{path}/records", f"{path}/turnout", f"/api/public/{plan['id']}")]
        cursor = page.get("next")
        if not cursor:
            return json.dumps(found, sort_keys=True)


if __name__ == "__main__":
    main()
