"""The journey and the golden cases against `pingyi serve`, and what a restart keeps."""

import json
import subprocess
import sys
import tempfile

from checks import Checks
from served import Local, build
from template import ROOT

check = Checks()



def main():
    if not check("pingyi builds", build()):
        check.close()
    with tempfile.TemporaryDirectory() as data:
        server = Local(data)
        journey = subprocess.run([sys.executable, ROOT / "tests" / "http" / "journey.py", server.address, server.password, "--ballots", "200"])
        check("the journey is told to its end on the local server", journey.returncode == 0)
        cases = subprocess.run([sys.executable, ROOT / "tests" / "http" / "cases.py", server.address, server.password])
        check("the golden cases come out alike over HTTP", cases.returncode == 0)
        print(f"peak memory of the local server: {server.peak_memory():.0f} MB")
        before = snapshot(server)
        took = server.end()
        check("SIGTERM ends the server within five seconds", took is not None and took < 5, took)
        server = Local(data, server.password)
        check("a restart keeps every plan, record and result", snapshot(server) == before)
        server.end()
    check.close()


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
