"""The API against its own description: schemathesis makes requests from /api/openapi.json for about a
minute and wants no 5xx, no status, type or body that the description does not know."""

import subprocess
import sys
import tempfile
from pathlib import Path

from checks import Checks
from served import Local, build
from template import ROOT

sys.path.insert(0, str(ROOT / "tests" / "http"))

from client import Client  # noqa: E402
from plans import every_method  # noqa: E402

check = Checks()
SECONDS = 75
HOME = ROOT / "target" / "stack-tests"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"
# Ending the session, changing its password, or asking for a second factor that it does not have would leave the rest of the
# run outside the door.
NOT_ASKED = r"DELETE /api/session$|PUT /api/session/password$|PUT /api/staff/|PUT /api/settings$"


def main():
    if not check("pingyi builds", build()):
        check.close()
    with tempfile.TemporaryDirectory() as folder:
        server = Local(str(Path(folder, "data")))
        office = Client(server.address)
        check("admin signs in", office.post("/api/session", {"name": "admin", "password": server.password}).status == 204)
        plan = office.post("/api/plans", every_method()).json["id"]
        check("a plan is open for the fuzzer", office.post(f"/api/plans/{plan}/open", {}).status == 200)
        cookie = "; ".join(f"{name}={value}" for name, value in office.cookies.items())
        settings = Path(folder, "schemathesis.toml")
        # Names that exist, so that requests come past the first 404.
        places = {"id": plan, "plan": plan, "period": "h1", "component": "tasks", "unit": "hall", "category": "dept"}
        settings.write_text("[parameters]\n" + "".join(f'"path.{name}" = "{value}"\n' for name, value in places.items()))
        done = subprocess.run(
            [Path(sys.executable).parent / "schemathesis", "--config-file", settings, "run", f"{server.address}/api/openapi.json",
             "--header", f"cookie:{cookie}", "--checks", CHECKS, "--max-time", str(SECONDS), "--phases", "examples,coverage,fuzzing",
             "--exclude-name-regex", NOT_ASKED, "--request-timeout", "20", "--continue-on-failure", "--no-shrink", "--seed", "1",
             "--generation-database", "none", "--warnings", "off", "--no-color", "--output-truncate", "true"],
            cwd=folder, capture_output=True, text=True, timeout=SECONDS * 4)
        report = HOME / "openapi.txt"
        report.write_text(done.stdout + done.stderr)
        check("the API keeps to its description", done.returncode == 0, f"{done.stdout[:6000]}\n... all of it in {report}")
        print("\n".join(done.stdout.splitlines()[-8:]))
        check("the server is still there", office.get("/api/health").status == 200)
        server.end()
    check.close()


if __name__ == "__main__":
    main()
