"""The store's own tests on a second server that speaks DynamoDB's protocol: moto, in Python, a thing apart from the
embedded engine. What differs between the two, and from DynamoDB, stands in README.md beside this file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import template

HERE = Path(__file__).resolve().parent

# Of the embedded engine's own files and limits; where calls are broken on their way, whichever engine is at its end; and
# those that take moto minutes, loads of ballots and the largest paper there is.
ENGINE_ONLY = ("killing::", "linking::", "secrecy::", "audit::a_changed_event", "closing_under_limits::", "faults::",
               "comments::however_answers_are_lost", "comments::closing_that_broke_off", "ballots::two_hundred_ballots",
               "ballots::a_plan_may_show_tallies", "closing::a_closing_keeps_its_place", "desk::a_desk_of_fifty",
               "scale::", "staff::of_three_hundred_at_once", "limits::five_hundred",
               # Counts to the unit what a retry under one client token does once.
               "open_groups::a_code_whose_answer_was_lost")
# moto answers one request at a time, so crowds and sequences are small.
SIZES = {"PINGYI_SEQUENCES": "10", "PINGYI_CROWD": "15"}
SERVERS = 2


def tests():
    """The program of the store's tests, out of the build of all tests: asked for alone, the largest crates would be
    built a second time, with other features."""
    built = subprocess.run(["cargo", "test", "--quiet", "--workspace", "--no-run", "--message-format=json"],
                           cwd=template.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    told = [json.loads(line) for line in built.stdout.splitlines() if line.startswith("{")]
    return next(one["executable"] for one in told
                if one["reason"] == "compiler-artifact" and one["target"]["name"] == "store" and one["target"]["kind"] == ["test"])


def main():
    program = tests()
    servers = [subprocess.Popen([sys.executable, HERE / "moto_server.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
               for _ in range(SERVERS)]
    try:
        endpoints = " ".join(server.stdout.readline().strip() for server in servers)
        skips = [word for name in ENGINE_ONLY for word in ("--skip", name)]
        done = subprocess.run([program, "--quiet", "--test-threads", "4", *skips], cwd=template.ROOT / "crates" / "store",
                              env={**os.environ, **SIZES, "PINGYI_TEST_ENDPOINT": endpoints})
    finally:
        for server in servers:
            server.stdin.close()
            server.wait()
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
