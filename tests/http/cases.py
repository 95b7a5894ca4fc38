#!/usr/bin/env python3
"""The golden cases through HTTP: each valid one is planned, its tallies entered as paper ballots by two
people, its records given, and its result asked for; each invalid plan is refused with its problems.

    cases.py BASE_URL ADMIN_PASSWORD

What the API has no way to say (a tally without its other units, records the document forbids) is left
to the tests of scoring itself and counted as skipped."""

import json
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from client import Client, close_plan  # noqa: E402
from reckoning import Reckoning, differences  # noqa: E402

CASES = Path(__file__).parent.parent / "cases"
PASSED, FAILED, SKIPPED = [], [], []


def check(name, holds, seen=None):
    (PASSED if holds else FAILED).append(name)
    if not holds:
        print(f"FAILED: case {name}\n        seen: {seen!r:.1500}", flush=True)


def read(folder, name):
    path = folder / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def skips_own_unit(nodes, component):
    """Do voters leave out their own unit there?"""
    return any((node.get("method") or {}).get("own_unit") == "skipped" if node["id"] == component
               else skips_own_unit(node.get("children") or [], component) for node in nodes)


def batches(plan, tallies):
    """Tallies as batches of paper ballots: what a batch has more ballots than marks of is blank. Tallies
    of one place that add up go to different batches. Where voters leave out their own unit, one ballot
    more was there."""
    found = []
    for tally in tallies:
        head = (tally["period"], tally["component"], tally["group"])
        place = (tally["unit"], tally.get("criterion"))
        batch = next((b for b in found if b[0] == head and place not in b[1]), None)
        if batch is None:
            batch = (head, {})
            found.append(batch)
        batch[1][place] = tally["counts"]
    for (period, component, group), places in found:
        ballots = max(sum(counts.values()) for counts in places.values()) + skips_own_unit(plan["components"], component)
        # Batches that happen to be equal must not pass for one that two people entered.
        yield {"period": period, "component": component, "group": group, "collected": ballots, "void": 0, "counts": [
            {"unit": unit, "criterion": criterion, "counts": counts, "blank": ballots - sum(counts.values())}
            for (unit, criterion), counts in places.items()]}


def give(office, second, path, plan, records):
    """Everything of a records document. Returns the first refusal."""
    def refused(answer):
        return None if answer.status in (200, 201) else answer
    for number, batch in enumerate(batches(plan, records.get("tallies") or [])):
        batch["label"] = f"{number}号箱"
        for caller in (office, second):
            answer = refused(caller.post(f"{path}/paper-tallies", batch))
            if answer and answer.status == 422 and {code for _, code in answer.fields} == {"missing_data"}:
                # Units without a tally were left blank by everybody.
                for field in answer.json["fields"]:
                    unit, _, criterion = field["detail"].partition(" ")
                    batch["counts"].append({"unit": unit, "criterion": criterion or None, "counts": {}, "blank": batch["collected"]})
                answer = refused(caller.post(f"{path}/paper-tallies", batch))
            if answer:
                return answer
    requests = []
    for kind, member in (("entries", "value"), ("links", "totals")):
        for record in records.get(kind) or []:
            requests.append(("PUT", f"{kind}/{record['period']}/{record['component']}/{record['unit']}", {member: record[member]}))
    for kind in ("incidents", "adjustments", "decisions", "verdicts"):
        requests += [("POST", kind, record) for record in records.get(kind) or []]
    for lot in records.get("lots") or []:
        requests.append(("PUT", f"lots/{lot.get('category') or '-'}", {"order": lot["order"]}))
    if records.get("history"):
        requests.append(("PUT", "history", {"history": records["history"]}))
    for method, rest, body in requests:
        answer = office.send(method, f"{path}/{rest}", body)
        if not refused(answer) and answer.json.get("pending"):
            # The plan asks for a second person.
            answer = second.post(f"{path}/records/{answer.json['id']}/approve")
        if refused(answer):
            return answer
    return None


def asked(folder):
    """The one period that the case asks for, as a query."""
    period = (read(folder, "case") or {}).get("period")
    return f"&period={period}" if period else ""


def valid(name, folder, office, second):
    plan, records, wanted, scenario = (read(folder, part) for part in ("plan", "records", "result", "scenario"))
    if len([lot.get("category") for lot in records.get("lots") or []]) != len({lot.get("category") for lot in records.get("lots") or []}) \
            or any(sum(tally["counts"].values()) > 10**12 for tally in records.get("tallies") or []):
        SKIPPED.append(name)
        return
    made = office.post("/api/plans", plan)
    if made.status != 201:
        return check(name, False, made)
    path = f"/api/plans/{made.json['id']}"
    opened = office.post(f"{path}/open", {})
    if opened.status != 200:
        return check(name, False, opened)
    refusal = give(office, second, path, plan, records)
    if refusal:
        return check(name, False, refusal)
    closed = close_plan(office, path)
    if closed.status == 202 and closed.json.get("waiting"):
        closed = close_plan(second, path)
    if closed.status != 200:
        return check(name, False, closed)
    missing = read(folder, "missing")
    if missing is not None:
        answer = office.get(f"{path}/result?mode=final{asked(folder)}")
        return check(name, answer.status == 422 and answer.code == "incomplete" and len(answer.fields) == len(missing), answer)
    if scenario is not None:
        answer = office.post(f"{path}/simulate", scenario)
    else:
        answer = office.get(f"{path}/result?mode={wanted['mode']}{asked(folder)}")
    if answer.status != 200:
        return check(name, False, answer)
    expected = {**wanted, "missing": {(m["period"], m["component"], m["group"], m["unit"]) for m in wanted["missing"]}}
    if scenario is not None:
        expected["mode"] = answer.json.get("mode")
    wrong = differences(expected, answer.json)
    check(name, not wrong, wrong[:5])


def invalid(name, folder, office):
    problems = read(folder, "problems")
    if {problem["document"] for problem in problems} != {"plan"}:
        SKIPPED.append(name)
        return
    answer = office.post("/api/plans", raw=(folder / "plan.json").read_bytes())
    malformed = [problem for problem in problems if problem["code"] is None]
    if malformed:
        return check(name, answer.status == 400 and answer.code == "malformed_json", answer)
    wanted = {(problem["path"], problem["code"]) for problem in problems}
    check(name, answer.status == 422 and set(answer.fields) == wanted, (sorted(set(answer.fields) ^ wanted), answer))


def agrees(name, folder):
    """The reckoning of the journey against the case that somebody worked by hand."""
    plan, wanted = read(folder, "plan"), read(folder, "result")
    try:
        period = (read(folder, "case") or {}).get("period")
        reckoned = Reckoning(plan, read(folder, "records"), wanted["mode"], period).reckon()
    except AssertionError:
        return
    wrong = differences(reckoned, wanted)
    check(f"{name} (the journey's own reckoning)", not wrong, wrong[:5])


def main():
    base, password = sys.argv[1:]
    office, second = Client(base), Client(base)
    assert office.post("/api/session", {"name": "admin", "password": password}).status == 204
    name, own = "case" + secrets.token_hex(3), secrets.token_hex(8)
    assert office.post("/api/staff", {"name": name, "password": own, "roles": ["office", "planner"]}).status == 201
    assert second.post("/api/session", {"name": name, "password": own}).status == 204
    for folder in sorted(path for path in CASES.iterdir() if (path / "plan.json").exists()):
        if (folder / "problems.json").exists():
            invalid(folder.name, folder, office)
        elif (folder / "result.json").exists() or (folder / "missing.json").exists():
            if (folder / "result.json").exists() and not (folder / "scenario.json").exists():
                agrees(folder.name, folder)
            valid(folder.name, folder, office, second)
        else:
            SKIPPED.append(folder.name)
    print(f"skipped, for other tests: {', '.join(SKIPPED)}")
    print(f"{len(PASSED)} passed, {len(FAILED)} failed")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
