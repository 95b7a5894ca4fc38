#!/usr/bin/env python3
"""The whole main job over HTTP, from signing in to the published result, written from the API's pages
and not from the server's code, so that it fits any target: the local server, the Lambda function.

    journey.py BASE_URL ADMIN_PASSWORD

Results are compared with reckoning.py. Prints what failed, then one line of counts. Standard library
only. The last chapter uses up the target's patience with wrong codes and passwords: a second journey
within the quarter of an hour sees 429 where the first saw 404."""

import argparse
import hashlib
import json
import random
import secrets
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from client import Client, close_plan  # noqa: E402
from plans import blind_group, entries_only, every_method, open_group  # noqa: E402
from reckoning import Reckoning, differences  # noqa: E402
from voprf import Voter  # noqa: E402

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TEMPLATES = ["yuanba", "yuanba_opinions", "maanshan", "county_coop", "county_wide", "county_clients", "nanyang", "nanyang_quarter",
             "nanyang_window", "jingbian"]
PASSED, FAILED, TIMES = [], [], []


def check(sentence, holds, seen=None):
    """One expectation; a journey goes on after one that fails."""
    (PASSED if holds else FAILED).append(sentence)
    if not holds:
        print(f"FAILED: {sentence}" + (f"\n        seen: {seen!r}" if seen is not None else ""), flush=True)
    return holds


def expect(sentence, answer, status, code=None):
    """An answer's status and, for errors, its code; the body of an error has the three members."""
    fits = answer.status == status and (code is None or answer.code == code)
    if fits and status >= 400:
        body = answer.json
        fits = isinstance(body, dict) and isinstance(body.get("message"), str) and isinstance(body.get("fields"), list)
    check(sentence, fits, answer)
    return answer


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def plan_sha256(plan):
    """SHA-256 of the RFC 8785 form without null members. Keys here are ASCII, numbers whole."""
    text = json.dumps(without_nulls(plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def draw_code():
    return "".join(secrets.choice(CROCKFORD) for _ in range(16))


def code_hash(plan, code):
    return hashlib.sha256(b"pingyi-code\0" + plan.encode() + b"\0" + code.encode()).hexdigest()


def as_typed(code, how):
    """One of the ways in which people type a code."""
    return [code, code.lower(), "-".join(code[i:i + 4] for i in range(0, 16, 4)), " ".join(code.lower()[i:i + 4] for i in range(0, 16, 4))][how % 4]


class Box:
    """What this client knows of the ballots of one plan: codes out, marks in."""

    def __init__(self, plan):
        self.plan, self.codes, self.counts, self.cast, self.lock = plan, {}, {}, {}, threading.Lock()

    def draw(self, period, group, count, unit=None, units=None):
        for _ in range(count):
            self.codes[draw_code()] = (period, group, unit, units)

    def issue(self, office, sentence):
        """Every code drawn so far, in calls of one kind of code each."""
        kinds = {}
        for code, (period, group, unit, units) in self.codes.items():
            kinds.setdefault((period, group, unit, tuple(units) if units else None), []).append(code_hash(self.plan, code))
        for (period, group, unit, units), hashes in kinds.items():
            for start in range(0, len(hashes), 1000):
                body = {"period": period, "group": group, "hashes": hashes[start:start + 1000],
                        "units": list(units) if units else None, "unit": unit}
                answer = expect(sentence, office.post(f"/api/plans/{self.plan}/codes", body), 201)
                check("the answer to codes says how many were added", (answer.json or {}).get("added") == len(body["hashes"]), answer)

    def of(self, period, group):
        return [code for code, (p, g, _, _) in self.codes.items() if (p, g) == (period, group)]

    def count(self, period, group, marks):
        with self.lock:
            self.cast[period, group] = self.cast.get((period, group), 0) + 1
            for mark in marks:
                place = (period, mark["component"], group, mark["unit"], mark.get("criterion"))
                options = self.counts.setdefault(place, {})
                options[mark["option"]] = options.get(mark["option"], 0) + 1

    def tallies(self):
        return [{"period": p, "component": c, "group": g, "unit": u, "criterion": k, "counts": counts}
                for (p, c, g, u, k), counts in self.counts.items()]


def summed(tallies):
    """Tallies by place, options without marks left out."""
    found = {}
    for tally in tallies:
        options = found.setdefault((tally["period"], tally["component"], tally["group"], tally["unit"], tally.get("criterion")), {})
        for option, count in tally["counts"].items():
            if count:
                options[option] = options.get(option, 0) + count
    return {place: options for place, options in found.items() if options}


def criteria_of(section, unit):
    """On what a unit is marked: its own tasks, the section's criteria, or as a whole."""
    return [criterion["id"] for criterion in unit.get("criteria") or section.get("criteria") or []] or [None]


def fill(paper, chance):
    """Marks for a paper: quotas met exactly, else at random, some left blank."""
    marks = []
    for section in paper["sections"]:
        options = [option["id"] for option in section["options"]]
        if section.get("quota"):
            deal = [quota["option"] for quota in section["quota"] for _ in range(quota["count"])]
            chance.shuffle(deal)
            marks += [{"component": section["component"], "unit": unit["id"], "criterion": None, "option": option}
                      for unit, option in zip(section["units"], deal)]
            continue
        for unit in section["units"]:
            for criterion in criteria_of(section, unit):
                if chance.random() < 0.93:
                    marks.append({"component": section["component"], "unit": unit["id"], "criterion": criterion,
                                  "option": chance.choices(options, weights=range(len(options) + 1, 1, -1))[0]})
    if not marks:
        section = paper["sections"][0]
        marks.append({"component": section["component"], "unit": section["units"][0]["id"],
                      "criterion": criteria_of(section, section["units"][0])[0], "option": section["options"][0]["id"]})
    return marks


def repeated(first):
    """What a ballot id that is in the box is answered, whatever comes with it."""
    return {**first.json, "repeated": True}


def vote(caller, box, code, chance, how=0):
    """One voter: reads the paper, marks it, casts it, and the answer is lost one time in five, so the
    same ballot is sent again."""
    period, group, _, _ = box.codes[code]
    paper = caller.post("/api/ballot-paper", {"plan": box.plan, "code": as_typed(code, how)})
    if paper.status != 200:
        return f"paper: {paper!r}"
    marks = fill(paper.json, chance)
    ballot = {"plan": box.plan, "code": as_typed(code, how + 1), "ballot_id": secrets.token_hex(16), "marks": marks}
    start = time.monotonic()
    first = caller.post("/api/ballots", ballot)
    TIMES.append(time.monotonic() - start)
    if first.status != 201 or not (first.json or {}).get("receipt"):
        return f"ballot: {first!r}"
    box.count(period, group, marks)
    if chance.random() < 0.2:
        chance.shuffle(ballot["marks"])
        again = caller.post("/api/ballots", ballot)
        if again.status != 200 or again.json != repeated(first):
            return f"the same ballot again: {again!r} after {first!r}"
    return None


def vote_all(base, box, codes, at_once):
    """All codes vote, from as many callers at once. Returns what went wrong."""
    local = threading.local()

    def one(numbered):
        number, code = numbered
        if not hasattr(local, "caller"):
            local.caller = base.another()
        return vote(local.caller, box, code, random.Random(number), number)
    with ThreadPoolExecutor(at_once) as pool:
        return [trouble for trouble in pool.map(one, enumerate(codes)) if trouble]


# ---- chapters ---------------------------------------------------------------------------------


def strangers(base):
    """What callers without a session get."""
    caller = base.another()
    expect("health answers without credentials", caller.get("/api/health"), 200)
    expect("a stranger has no session", caller.get("/api/session"), 401, "not_signed_in")
    for path in ("/api/plans", "/api/plans/nothing", "/api/plans/nothing/records", "/api/plans/nothing/turnout", "/api/plans/nothing/result?mode=final"):
        expect(f"a stranger is refused at {path}", caller.get(path), 401, "not_signed_in")
    expect("a stranger makes no plan", caller.post("/api/plans", entries_only()), 401, "not_signed_in")
    expect("nothing is published under a name that was never a plan", caller.get("/api/public/nothing"), 404, "not_found")
    expect("an unknown route is a JSON 404", caller.get("/api/nowhere"), 404, "not_found")
    expect("a wrong password is refused", caller.post("/api/session", {"name": "admin", "password": "wrong " + secrets.token_hex(4)}), 401, "bad_credentials")
    expect("an unknown name is refused the same way", caller.post("/api/session", {"name": "nobody", "password": "x" * 12}), 401, "bad_credentials")
    expect("a body that is no JSON is malformed", caller.post("/api/session", raw=b"{"), 400, "malformed_json")
    expect("a repeated key is malformed", caller.post("/api/session", raw=b'{"name":"a","name":"b","password":"c"}'), 400, "malformed_json")
    expect("nesting deeper than 32 is malformed", caller.post("/api/session", raw=b"[" * 33 + b"]" * 33), 400, "malformed_json")
    expect("an unknown field is refused", caller.post("/api/session", {"name": "a", "password": "b", "more": 1}), 422, "invalid_body")
    expect("a wrong type is refused", caller.post("/api/session", {"name": 1, "password": "b"}), 422, "invalid_body")
    expect("a missing field is refused", caller.post("/api/session", {"name": "a"}), 422, "invalid_body")
    expect("a body of six megabytes is too large", caller.post("/api/session", {"name": "a" * 6_000_000, "password": "b"}), 413, "body_too_large")


def sign_in(base, password):
    office = base.another()
    answer = expect("admin signs in", office.post("/api/session", {"name": "admin", "password": password}), 204)
    cookie = (answer.headers.get("set-cookie") or "").lower()
    check("the session's cookie is HttpOnly and SameSite=Strict", "httponly" in cookie and "samesite=strict" in cookie, cookie)
    session = expect("the session says who it is", office.get("/api/session"), 200).json or {}
    check("the session has a name and roles", session.get("name") == "admin" and isinstance(session.get("roles"), list), session)
    other = base.another()
    other.cookies = dict(office.cookies)
    expect("a request that another site caused is refused",
           other.post("/api/plans", entries_only(), headers={"sec-fetch-site": "cross-site"}), 403, "forbidden")
    other.post("/api/session", {"name": "admin", "password": password})
    expect("signing out is answered 204", other.delete("/api/session"), 204)
    expect("after signing out there is no session", other.get("/api/session"), 401, "not_signed_in")
    return office


def templates(office):
    listed = expect("templates are listed", office.get("/api/templates"), 200).json or []
    check("all templates are there", sorted(t.get("id") for t in listed) == sorted(TEMPLATES), [t.get("id") for t in listed])
    for name in TEMPLATES:
        plan = expect(f"template {name} is a plan document", office.get(f"/api/templates/{name}"), 200).json or {}
        made = expect(f"template {name} can be planned as it is", office.post("/api/plans", plan), 201)
        check("a new plan is a draft", (made.json or {}).get("state") == "draft", made)
        notes = expect(f"template {name} has notes", office.get(f"/api/templates/{name}/notes"), 200).json
        check("notes say path, clause and whether it is given",
              bool(notes) and all(set(note) >= {"path", "clause", "given"} for note in notes), notes and notes[:1])
    expect("an unknown template is not found", office.get("/api/templates/none"), 404, "not_found")


def drafting(office):
    """Plans before they open."""
    plan = entries_only()
    wrong = json.loads(json.dumps(plan))
    wrong["components"][0]["points"] = "49"
    wrong["units"][1]["category"] = "none"
    answer = expect("an invalid plan is refused", office.post("/api/plans", wrong), 422, "invalid_plan")
    paths = [path for path, _ in answer.fields]
    check("all problems of a plan are named, each with its path", "/units/1/category" in paths and len(set(paths)) >= 2, answer)
    answer = expect("an unknown field of a plan is refused", office.post("/api/plans", {**plan, "extra": 1}), 422)
    check("the unknown field is named", any(path == "/extra" for path, _ in answer.fields), answer)
    answer = expect("a newer format is refused", office.post("/api/plans", {**plan, "format": 2}), 422, "invalid_plan")
    check("the newer format is named", any(path == "/format" for path, _ in answer.fields), answer)
    kept = expect("as a draft the invalid plan is kept", office.post("/api/plans?draft=1", wrong), 201)
    check("with its problems", bool((kept.json or {}).get("problems")), kept)
    expect("and cannot open", office.post(f"/api/plans/{kept.json['id']}/open", {}), 422, "invalid_plan")
    expect("any object is a draft", office.post("/api/plans?draft=1", {"title": "半成品", "x": [1]}), 201)
    expect("a draft over 300 KiB is too large", office.post("/api/plans?draft=1", {"title": "x" * 310 * 1024}), 413, "body_too_large")

    made = expect("a valid plan is made", office.post("/api/plans", plan), 201).json
    path = f"/api/plans/{made['id']}"
    answer = expect("a plan is read", office.get(path), 200)
    read, etag = answer.json, answer.headers.get("etag")
    check("its hash is that of its canonical form", read.get("plan_sha256") == plan_sha256(plan), read.get("plan_sha256"))
    check("what is read is what was written", without_nulls(read.get("plan")) == without_nulls(plan), read.get("plan"))
    check("the revision travels as ETag", bool(etag), dict(answer.headers))
    plan["title"] = "改过的题目"
    expect("a change without If-Match is refused", office.put(path, plan), 428)
    expect("a change of another revision is refused", office.put(path, plan, headers={"if-match": '"999"'}), 412, "revision_mismatch")
    changed = expect("a change of this revision is kept", office.put(path, plan, headers={"if-match": etag}), 200)
    expect("the same change again comes too late", office.put(path, plan, headers={"if-match": etag}), 412, "revision_mismatch")
    answer = office.get(path)
    check("the new revision is another", answer.headers.get("etag") != etag and answer.json["revision"] == (changed.json or {}).get("revision"), answer)
    check("and has the new title", answer.json["plan"]["title"] == "改过的题目")
    listed, cursor, seen = 0, None, {}
    while True:
        page = office.get("/api/plans" + (f"?cursor={cursor}" if cursor else "")).json
        seen.update({row["id"]: row for row in page["plans"]})
        listed, cursor = listed + len(page["plans"]), page.get("next")
        if not cursor or listed > 5000:
            break
    check("the list has the plan once, with title, state and revision",
          len(seen) == listed and seen.get(made["id"]) == {"id": made["id"], "title": "改过的题目", "state": "draft", "revision": answer.json["revision"]}, seen.get(made["id"]))
    expect("an unknown plan is not found", office.get("/api/plans/none"), 404, "not_found")
    expect("a draft cannot close", office.post(f"{path}/close", {}), 409, "wrong_state")
    expect("a draft cannot publish", office.post(f"{path}/publish", {}), 409, "wrong_state")
    clearing(office, made["id"], path)


def clearing(office, plan, path):
    """The list of plans as a desk, the archive, and a draft that goes."""
    def line():
        cursor = ""
        while True:
            page = office.get("/api/desk" + cursor).json
            found = [one for one in page["plans"] if one["id"] == plan]
            if found or not page.get("next"):
                return found[0] if found else None
            cursor = f"?cursor={page['next']}"
    check("the desk says what comes next", (line() or {}).get("next") == {"what": "open"}, line())
    expect("a draft goes into the archive", office.post(f"{path}/archive", {}), 200)
    check("where the desk says so", (line() or {}).get("archived") is True, line())
    expect("and comes out again", office.post(f"{path}/unarchive", {}), 200)
    short = expect("a short address is made", office.post(f"{path}/address", {}), 200).json["word"]
    again = expect("once", office.post(f"{path}/address", {}), 200).json["word"]
    check("of four digits, and always the same", len(short) == 4 and again == short, (short, again))
    led = office.get(f"/b/{short.upper()}")
    check("it leads to the ballot page", led.status == 303 and led.headers.get("location") == f"/ballot/{plan}", led)
    expect("which keeps the draft", office.delete(path), 409, "draft_in_use")
    copy = expect("a copy is made", office.post(f"/api/plans?from={plan}", {}), 201).json["id"]
    groups = [{"id": "guests", "name": "服务对象", "ballot": "named"}]
    document = {**office.get(f"/api/plans/{copy}").json["plan"], "groups": groups}
    expect("with a group", office.put(f"/api/plans/{copy}?draft=1", document, headers={"if-match": '"1"'}), 200)
    voters = {"voters": [{"id": "v1", "name": "张三", "group": "guests"}]}
    expect("and somebody on its list", office.post(f"/api/plans/{copy}/voters", voters), 201)
    answer = expect("a draft with voters is not deleted", office.delete(f"/api/plans/{copy}"), 409, "draft_in_use")
    check("and says what it has", answer.fields == [("/voters", "in_use")], answer.fields)
    expect("the voter is taken off", office.delete(f"/api/plans/{copy}/voters/v1", {"reason": "录错"}), 204)
    expect("now it is deleted", office.delete(f"/api/plans/{copy}"), 204)
    expect("and gone", office.get(f"/api/plans/{copy}"), 404, "not_found")
    expect("once", office.delete(f"/api/plans/{copy}"), 404, "not_found")


def without_votes(base, office):
    """A plan of entries alone: records, a tie, a lot."""
    made = office.post("/api/plans", entries_only()).json
    plan, path = made["id"], f"/api/plans/{made['id']}"
    expect("it opens", office.post(f"{path}/open", {}), 200)
    answer = office.get(path)
    expect("an open plan is frozen", office.put(path, entries_only(), headers={"if-match": answer.headers.get("etag")}), 409, "plan_frozen")
    expect("opening again is answered alike", office.post(f"{path}/open", {}), 200)
    expect("no final result before closing", office.get(f"{path}/result?mode=final"), 409, "wrong_state")
    expect("a value above out_of is refused", office.put(f"{path}/entries/year/x/a", {"value": "50.01"}), 422, "out_of_range")
    expect("a negative value is refused", office.put(f"{path}/entries/year/x/a", {"value": "-1"}), 422)
    expect("a value that is no decimal is refused", office.put(f"{path}/entries/year/x/a", {"value": "1e1"}), 422)
    expect("an unknown field of an entry is refused", office.put(f"{path}/entries/year/x/a", {"value": "1", "note": "x"}), 422, "invalid_body")
    for place in ("none/x/a", "year/none/a", "year/x/none"):
        answer = office.put(f"{path}/entries/{place}", {"value": "1"})
        check(f"an entry at {place} is refused", answer.status in (404, 422) and answer.code, answer)
    for unit, x, y in (("a", "40", "50"), ("b", "30", "45.5")):
        expect("an entry is kept", office.put(f"{path}/entries/year/x/{unit}", {"value": x, "evidence": "第1号"}), 200)
        if unit == "a":
            expect("an entry may come again, changed", office.put(f"{path}/entries/year/x/{unit}", {"value": "40.0"}), 200)
    closed = close_plan(office, path)
    expect("it closes without a ballot", closed, 200)
    check("and says so", (closed.json or {}).get("state") == "closed", closed)
    answer = expect("with an entry missing there is no final result", office.get(f"{path}/result?mode=final"), 422, "incomplete")
    check("the missing place is named", len(answer.fields) == 2, answer)
    expect("nor is it published", office.post(f"{path}/publish", {}), 422, "incomplete")
    evidence(base, office, path)
    expect("records may change while closed", office.put(f"{path}/entries/year/y/a", {"value": "35"}), 200)
    expect("and the last one", office.put(f"{path}/entries/year/y/b", {"value": "45"}), 200)
    expect("an equal one", office.put(f"{path}/entries/year/x/b", {"value": "40"}), 200)
    expect("still equal", office.put(f"{path}/entries/year/y/b", {"value": "35.000"}), 200)
    result = expect("a final result with a tie is printed", office.get(f"{path}/result?mode=final"), 200).json or {}
    check("it lists the tie", result.get("unresolved_ties") == [["a", "b"]], result.get("unresolved_ties"))
    expect("a tie is not published", office.post(f"{path}/publish", {}), 409, "unresolved_ties")
    expect("nothing is public before", base.another().get(f"/api/public/{plan}"), 404, "not_found")
    expect("a lot of unknown units is refused", office.put(f"{path}/lots/dept", {"order": ["b", "z"]}), 422)
    expect("a lot is drawn", office.put(f"{path}/lots/dept", {"order": ["b", "a"], "evidence": "抽签记录"}), 200)
    expect("now it is published", office.post(f"{path}/publish", {}), 200)
    expect("publishing again is answered alike", office.post(f"{path}/publish", {}), 200)
    expect("a published plan takes no entry", office.put(f"{path}/entries/year/y/b", {"value": "36"}), 409, "wrong_state")
    public = expect("anyone reads it", base.another().get(f"/api/public/{plan}"), 200).json or {}
    records = office.get(f"{path}/records").json
    check("the records are exactly a records document", set(records) <= {
        "format", "tallies", "entries", "incidents", "links", "adjustments", "lots", "decisions", "verdicts", "history"} and records.get("format") == 1, records)
    check("without evidence", "evidence" not in json.dumps(records) and "抽签记录" not in json.dumps(records, ensure_ascii=False), records)
    wrong = differences(Reckoning(entries_only(), records).reckon(), public.get("result"))
    check("the public result is as reckoned", not wrong, wrong[:5])
    check("the lot decided", (public.get("result") or {}).get("ties") == [{"units": ["b", "a"], "decided_by": "lot"}], (public.get("result") or {}).get("ties"))
    put_right(base, office, plan, path)


def evidence(base, office, path):
    """A file that shows where a score comes from: given, named by a record, read again, and never run."""
    content = "第3号督查通报：乙单位窗口工作规范。".encode()
    named = {"content-type": "text/plain", "x-file-name": "notice-3.txt"}
    kept = expect("a file is taken", office.send("POST", f"{path}/files", raw=content, headers=named), 201).json or {}
    file = hashlib.sha256(content).hexdigest()
    check("by the hash of its bytes", kept == {"file": file, "size": len(content)}, kept)
    expect("an entry names it", office.put(f"{path}/entries/year/y/b", {"value": "45", "files": [file]}), 200)
    refused = expect("one that nobody gave is refused", office.put(f"{path}/entries/year/y/b", {"value": "45", "files": ["0" * 64]}), 422, "invalid_body")
    check("with its place", ("/files/0", "unknown_file") in refused.fields, refused)
    answer = expect("the office downloads it", office.get(f"{path}/files/{file}"), 200)
    check("byte by byte, as an attachment that runs nothing", answer.body == content and (answer.headers["content-disposition"] or "").startswith("attachment")
          and answer.headers["x-content-type-options"] == "nosniff", answer)
    expect("a stranger does not", base.another().get(f"{path}/files/{file}"), 401, "not_signed_in")
    program = {"content-type": "image/png", "x-file-name": "photo.png"}
    expect("a program under a picture's name is refused", office.send("POST", f"{path}/files", raw=b"MZ\x90\x00" * 20, headers=program), 422, "wrong_content")


def put_right(base, office, plan, path):
    """What was found is noted, given to a unit to put right, reported and accepted; the public sees what was released."""
    finding = {"date": "2026-03-02", "unit": "a", "text": "窗口无人值守", "source": "明察暗访", "files": []}
    expect("a finding is noted", office.post(f"{path}/findings", finding), 201)
    listed = office.get(f"{path}/findings?month=2026-03").json or {}
    check("and listed in its month", [one.get("text") for one in listed.get("findings", [])] == ["窗口无人值守"], listed)
    item = {"unit": "a", "matter": "窗口无人值守", "source": "明察暗访", "measures": "增设窗口", "leader": "张三",
            "department": "办公室", "deadline": "2999-12-31"}
    expect("an item of rectification is made", office.post(f"{path}/rectifications", item), 201)
    report = {"month": "2026-04", "text": "已增设窗口", "files": [], "done": True}
    expect("it is reported on", office.post(f"{path}/rectifications/1/reports", report), 201)
    expect("the same report again is the same", office.post(f"{path}/rectifications/1/reports", report), 200)
    listed = office.get(f"{path}/rectifications?unit=a").json or {}
    check("it is listed as reported", [one.get("state") for one in listed.get("items", [])] == ["reported"], listed)
    public = f"/api/public/{plan}/rectification"
    expect("nothing of it is public", base.another().get(public), 404, "not_found")
    expect("its matter is released", office.put(f"{path}/rectifications/1/release", {"fields": ["matter"]}), 200)
    shown = expect("anyone reads that", base.another().get(public), 200).json or {}
    check("and no more", [(one.get("matter"), one.get("measures")) for one in shown.get("items", [])] == [("窗口无人值守", None)], shown)
    expect("it is accepted", office.post(f"{path}/rectifications/1/accept", {}), 200)


def from_template(base, office, ballots):
    """The Yuanba plan with live tallies, units marked on their own tasks, and many voters at once."""
    plan = office.get("/api/templates/yuanba").json
    plan["units"] += [{"id": f"unit{i}", "name": f"第{i}所", "category": plan["categories"][0]["id"]} for i in range(1, 5)]
    answer = expect("a unit without tasks is none that can be marked on them", office.post("/api/plans", plan), 422, "invalid_plan")
    check("and each is named", answer.fields == [(f"/units/{i}/tasks", "no_tasks") for i in range(2, 6)], answer)
    # From one task to four, of which one weighs three times the others.
    for i, unit in enumerate(plan["units"][2:]):
        unit["tasks"] = [{"id": f"task{n}", "name": f"第{n}项职责", **({"weight": "3"} if n == 2 else {})} for n in range(i + 1)]
    made = expect("a plan is made from a template", office.post("/api/plans", plan), 201).json
    plan_id, path = made["id"], f"/api/plans/{made['id']}"
    box = Box(plan_id)
    period = plan["periods"][0]["id"]
    groups = [group["id"] for group in plan["groups"]]
    for number, group in enumerate(groups):
        box.draw(period, group, 4 if number == 0 else (ballots - 4) // (len(groups) - 1) + 6)
    box.issue(office, "codes are issued while drafting")
    answer = expect("a group of four is too small to be secret", office.post(f"{path}/open", {}), 422, "small_group")
    check("and is named", groups[0] in json.dumps(answer.json), answer)
    some = box.of(period, groups[1])
    expect("no paper before the plan opens", base.another().post("/api/ballot-paper", {"plan": plan_id, "code": some[0]}), 409, "plan_not_open")
    opened = expect("allowed by name, it opens", office.post(f"{path}/open", {"allow_small": [groups[0]]}), 200)
    check("opening answers state and hash", (opened.json or {}) == {"state": "open", "plan_sha256": plan_sha256(plan)}, opened)

    # Codes.
    hashes = [code_hash(plan_id, code) for code in some]
    expect("the same codes again are no new ones", office.post(f"{path}/codes", {"period": period, "group": groups[1], "hashes": hashes, "units": None, "unit": None}), 201)
    late = Box(plan_id)
    late.draw(period, groups[1], 3)
    box.codes.update(late.codes)
    late.issue(office, "codes are issued while open")
    for sentence, change in (("over a thousand hashes are refused", {"hashes": [secrets.token_hex(32) for _ in range(1001)]}),
                             ("a hash that is no hash is refused", {"hashes": ["xyz"]}),
                             ("codes of an unknown group are refused", {"group": "none"}),
                             ("codes of an unknown period are refused", {"period": "none"}),
                             ("codes of an unknown unit are refused", {"unit": "none"}),
                             ("codes narrowed to an unknown unit are refused", {"units": ["none"]})):
        answer = office.post(f"{path}/codes", {"period": period, "group": groups[1], "hashes": hashes[:1], "units": None, "unit": None, **change})
        check(sentence, answer.status in (404, 413, 422) and answer.code is not None, answer)

    # One ballot by hand, with everything that may be wrong about it.
    voter = base.another()
    code = some[0]
    expect("an unknown code opens no paper", voter.post("/api/ballot-paper", {"plan": plan_id, "code": draw_code()}), 404, "unknown_code")
    paper = expect("a code opens its paper", voter.post("/api/ballot-paper", {"plan": plan_id, "code": as_typed(code, 3)}), 200).json
    group = next(g for g in plan["groups"] if g["id"] == groups[1])
    check("the paper says plan, hash, period and group",
          (paper["plan_title"], paper["plan_sha256"], paper["period"]) == (plan["title"], plan_sha256(plan), period)
          and {key: paper["group"].get(key) for key in ("id", "name", "ballot")} == {key: group[key] for key in ("id", "name", "ballot")}
          and paper.get("comments", False) == group.get("comments", False), {k: v for k, v in paper.items() if k != "sections"})
    expected = [c["id"] for c in plan["components"] if groups[1] in [g["group"] for g in c["method"]["groups"]]]
    check("the paper has every component in which the group marks", [s["component"] for s in paper["sections"]] == expected, paper["sections"])
    check("with every unit", [[u["id"] for u in s["units"]] for s in paper["sections"]] == [[u["id"] for u in plan["units"]]] * len(expected))
    section = paper["sections"][0]

    elsewhere = next(c["id"] for c in plan["components"] if c["id"] not in expected)

    def mark(unit=section["units"][0]["id"], option=section["options"][0]["id"], component=section["component"], criterion=None):
        return {"component": component, "unit": unit, "criterion": criterion, "option": option}

    def ballot(marks, **change):
        return {"plan": plan_id, "code": code, "ballot_id": secrets.token_hex(16), "marks": marks, **change}
    for sentence, marks, fault in (("an unknown option is refused", [mark(option="none")], "unknown_option"),
                                   ("a unit that is not on the paper is refused", [mark(unit="none")], "not_on_paper"),
                                   ("a component that is not on the paper is refused", [mark(component=elsewhere)], "not_on_paper"),
                                   ("a criterion that is not on the paper is refused", [mark(criterion="none")], "not_on_paper"),
                                   ("two marks in one place are refused", [mark(), mark(option=section["options"][1]["id"])], "marked_twice"),
                                   ("an empty ballot is refused", [], "empty")):
        answer = expect(sentence, voter.post("/api/ballots", ballot(marks)), 422, "invalid_ballot")
        check(f"{sentence} as {fault}", fault in [c for _, c in answer.fields] and all(p.startswith("/marks") for p, _ in answer.fields), answer)
    expect("a mark with an unknown field is refused", voter.post("/api/ballots", ballot([{**mark(), "weight": 2}])), 422, "invalid_body")
    expect("a ballot id that is none is refused", voter.post("/api/ballots", ballot([mark()], ballot_id="12")), 422)
    expect("more than 25,000 marks are refused", voter.post("/api/ballots", ballot([mark()] * 25_001)), 422, "paper_too_large")
    expect("an unknown code casts nothing", voter.post("/api/ballots", ballot([mark()], code=draw_code())), 404, "unknown_code")
    expect("an unknown plan takes no ballot", voter.post("/api/ballots", ballot([mark()], plan="none")), 404)
    cast = ballot([mark(), mark(unit=section["units"][1]["id"])])
    first = expect("a ballot with blanks is cast", voter.post("/api/ballots", cast), 201)
    box.count(period, groups[1], cast["marks"])
    again = expect("the same ballot again is answered alike", voter.post("/api/ballots", {**cast, "marks": cast["marks"][::-1]}), 200)
    check("with the same receipt", again.json == repeated(first), again)
    expect("another ballot with the same code is refused", voter.post("/api/ballots", ballot([mark()])), 409, "code_used")
    answer = voter.post("/api/ballots", {**cast, "marks": [mark(option=section["options"][2]["id"])]})
    check("the same ballot id with other marks is answered alike: no answer tells how it was marked", answer.status == 200 and answer.json == repeated(first), answer)
    expect("a used code opens no paper", voter.post("/api/ballot-paper", {"plan": plan_id, "code": code}), 409, "code_used")

    # A paper on which each unit has its own tasks.
    own = next(c for c in plan["components"] if c["method"].get("criteria_of") == "unit")
    tasked = next(g["group"] for g in own["method"]["groups"])
    by_tasks = box.of(period, tasked)[0]
    tasks = expect("a code opens a paper of tasks", base.another().post("/api/ballot-paper", {"plan": plan_id, "code": by_tasks}), 200).json["sections"]
    check("on it each unit has its own", [[[c["id"] for c in unit["criteria"]] for unit in s["units"]] for s in tasks]
          == [[[task["id"] for task in unit["tasks"]] for unit in plan["units"]]], tasks)
    for sentence, criterion in (("a unit is not marked as a whole there", None), ("nor on another unit's task", plan["units"][5]["tasks"][3]["id"])):
        answer = expect(sentence, voter.post("/api/ballots", ballot([mark(component=own["id"], criterion=criterion)], code=by_tasks)), 422, "invalid_ballot")
        check(f"{sentence}: the place is told", ("/marks/0/criterion", "not_on_paper") in answer.fields, answer)

    # Two ballots with one code at the same moment: one is in, the other is told.
    for contested in some[1:4]:
        rivals = [ballot([mark(unit=section["units"][i % 2]["id"])], code=contested) for i in range(4)]
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda rival: base.another().post("/api/ballots", rival), rivals))
        check("of four ballots with one code exactly one is in", sorted(a.status for a in answers) == [201, 409, 409, 409]
              and {a.code for a in answers if a.status == 409} == {"code_used"}, answers)
        for rival, answer in zip(rivals, answers):
            if answer.status == 201:
                box.count(period, groups[1], rival["marks"])
    # And the same ballot four times at once, as an impatient thumb sends it.
    twin = ballot([mark()], code=some[4])
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: base.another().post("/api/ballots", twin), range(4)))
    check("the same ballot four times at once is one ballot with one receipt",
          sorted(a.status for a in answers) == [200, 200, 200, 201] and len({a.json["receipt"] for a in answers}) == 1, answers)
    box.count(period, groups[1], twin["marks"])

    codes = [c for c in box.codes if c not in some[:5]]
    random.Random(7).shuffle(codes)
    kept_back = [c for c in codes if box.codes[c][1] == groups[1]][:5]
    voting = [c for c in codes if c not in kept_back]
    start = time.monotonic()
    trouble = vote_all(base, box, voting, 50)
    took = time.monotonic() - start
    check(f"{ballots} voters at once all get their receipt", not trouble and len(voting) >= ballots - 20, (len(trouble), trouble[:2]))
    TIMES.sort()
    print(f"{len(voting)} ballots from 50 callers in {took:.1f} s; casting took {TIMES[len(TIMES) // 2] * 1000:.0f} ms in the median, "
          f"{TIMES[len(TIMES) * 95 // 100] * 1000:.0f} ms at the 95th percentile", flush=True)

    turnout = {(row["period"], row["group"]): (row["issued"], row["cast"]) for row in expect("turnout is read", office.get(f"{path}/turnout"), 200).json["groups"]}
    check("turnout is what was issued and cast", turnout == {(period, g): (len(box.of(period, g)), box.cast.get((period, g), 0)) for g in groups}, turnout)

    # Records of offices, live.
    units = [unit["id"] for unit in plan["units"]]
    bonus, deduction = plan["adjustments"][0], plan["adjustments"][1]
    added = expect("a bonus is given", office.post(f"{path}/adjustments", {"period": period, "rule": bonus["id"], "unit": units[0], "level": bonus["levels"][0]["id"], "evidence": "文件"}), 201)
    expect("a deduction is given", office.post(f"{path}/adjustments", {"period": period, "rule": deduction["id"], "unit": units[1], "points": "2.5"}), 201)
    mistaken = expect("a mistake is made", office.post(f"{path}/adjustments", {"period": period, "rule": deduction["id"], "unit": units[2], "points": "3"}), 201).json
    check("a record that is made has an id", bool((added.json or {}).get("id")), added)
    check("striking it out without a reason is refused", office.delete(f"{path}/adjustments/{mistaken['id']}", {}).status == 422)
    check("it is struck out with a reason", office.delete(f"{path}/adjustments/{mistaken['id']}", {"reason": "记错单位"}).status in (200, 204))
    answer = office.post(f"{path}/adjustments", {"period": period, "rule": deduction["id"], "unit": units[2], "points": "100.5"})
    check("points outside the rule's range are refused", answer.status == 422, answer)
    expect("history is given", office.put(f"{path}/history", {"history": [{"year": plan["year"] - 1, "unit": unit, "outcomes": ["last"]} for unit in units[:3]]}), 200)

    def compare(when, mode, live=False):
        records = office.get(f"{path}/records").json or {}
        own = {**records, "tallies": box.tallies()}
        if live:
            # Ten ballots behind or more, so that no two looks show one ballot: at no place more marks than were cast.
            seen, there = summed(records.get("tallies") or []), summed(box.tallies())
            check(f"tallies are no more than the ballots' counts {when}",
                  all(count <= there.get(place, {}).get(option, 0) for place, options in seen.items() for option, count in options.items()), seen)
            marks = {place: sum(options.values()) for place, options in seen.items()}
            check(f"and lie ten ballots behind {when}",
                  bool(seen) and all(marks[place] <= box.cast.get((period, place[2]), 0) - 10 for place in marks), marks)
            own = records
        else:
            check(f"tallies are the ballots' counts {when}", summed(records.get("tallies") or []) == summed(box.tallies()),
                  len(records.get("tallies") or []))
        result = expect(f"the result is read {when}", office.get(f"{path}/result?mode={mode}"), 200).json
        wrong = differences(Reckoning(plan, own, mode).reckon(), result)
        check(f"the {mode} result is as reckoned {when}", not wrong, wrong[:6])
        return result
    check("the plan shows tallies while open", plan.get("live") == "tallies")
    compare("while voting goes on", "provisional", live=True)
    changed = json.loads(json.dumps(plan))
    changed["components"][0]["points"], changed["components"][1]["points"], changed["components"][2]["points"] = "50", "25", "25"
    simulated = expect("a scenario is simulated", office.post(f"{path}/simulate", {"points": {changed["components"][0]["id"]: "50"}, "rebalance": "proportional"}), 200).json
    wrong = differences(Reckoning(changed, office.get(f"{path}/records").json, (simulated or {}).get("mode", "provisional")).reckon(), simulated)
    check("the simulated result is as reckoned", not wrong, wrong[:6])
    expect("a scenario whose points do not add up is refused", office.post(f"{path}/simulate", {"points": {changed["components"][0]["id"]: "50"}}), 422)

    # Closing while people still vote.
    expect("publishing before closing is refused", office.post(f"{path}/publish", {}), 409, "wrong_state")
    outcomes, stop = [], threading.Event()

    def late_voter(late_code):
        caller = base.another()
        late = ballot([mark()], code=late_code)
        answer = caller.post("/api/ballots", late)
        outcomes.append((answer, late))
    threads = [threading.Thread(target=late_voter, args=(c,)) for c in kept_back]
    closer = threading.Thread(target=lambda: outcomes.append((close_plan(office, path), None)))
    for thread in threads[:2] + [closer] + threads[2:]:
        thread.start()
    for thread in threads + [closer]:
        thread.join()
    stop.set()
    for answer, late in outcomes:
        if late is None:
            expect("the plan closes", answer, 200)
        elif answer.status == 201:
            box.count(period, groups[1], late["marks"])
        else:
            expect("who comes too late is told that voting is over", answer, 409, "plan_closed")
    expect("closing again is answered alike", close_plan(office, path), 200)
    check("a closed plan cannot open", office.post(f"{path}/open", {}).code == "wrong_state")
    expect("a used code's ballot keeps its receipt after closing", voter.post("/api/ballots", cast), 200)
    unused = draw_code()
    check("codes are not issued after closing", office.post(f"{path}/codes", {
        "period": period, "group": groups[1], "hashes": [code_hash(plan_id, unused)], "units": None, "unit": None}).status == 409)
    for answer, late in outcomes:
        if late and answer.status != 201:
            expect("an unused code is told that voting is over", voter.post("/api/ballots", late), 409, "plan_closed")
            expect("and opens no paper", voter.post("/api/ballot-paper", {"plan": plan_id, "code": late["code"]}), 409, "plan_closed")
            break
    result = compare("after closing", "final")

    stranger = base.another()
    expect("nothing is public before publishing", stranger.get(f"/api/public/{plan_id}"), 404, "not_found")
    if result and result.get("unresolved_ties"):
        expect("ties go to a lot", office.put(f"{path}/lots/{plan['categories'][0]['id']}", {"order": units}), 200)
        result = compare("after the lot", "final")
    answer = expect("publishing asks once more for the group of four", office.post(f"{path}/publish", {}), 422, "small_group")
    check("and names it", groups[0] in json.dumps(answer.json), answer)
    published = expect("the plan is published", office.post(f"{path}/publish", {"allow_small": [groups[0]]}), 200)
    check("publishing answers state and hash", published.json == {"state": "published", "plan_sha256": plan_sha256(plan)}, published)
    answer = expect("anyone reads the publication", stranger.get(f"/api/public/{plan_id}"), 200)
    public = answer.json or {}
    check("it may be cached", "max-age" in (answer.headers.get("cache-control") or ""), dict(answer.headers))
    check("it sets no cookie", "set-cookie" not in answer.headers)
    check("it has the plan, its hash and the result", without_nulls(public.get("plan")) == without_nulls(plan)
          and public.get("plan_sha256") == plan_sha256(plan) and public.get("result") == result, list(public))
    page = stranger.get(f"/public/{plan_id}", headers={"accept": "text/html"})
    check("the public page is HTML under 40 KB with a strict policy", page.status == 200 and len(page.body) <= 40_000
          and "text/html" in page.headers.get("content-type", "") and "default-src" in page.headers.get("content-security-policy", ""), (page.status, len(page.body), dict(page.headers)))
    check("and names every unit and its published total", all(unit["name"] in page.body.decode() for unit in plan["units"])
          and all(row["published"] in page.body.decode() for row in public["result"]["units"]))
    return plan_id


def with_every_method(base, office):
    """All methods, two periods, own units, quotas, hidden tallies, paper ballots of two people."""
    plan = every_method()
    made = expect("a plan with every method is made", office.post("/api/plans", plan), 201).json
    plan_id, path = made["id"], f"/api/plans/{made['id']}"
    units, box, chance = [unit["id"] for unit in plan["units"]], Box(made["id"]), random.Random(11)
    for period in ("h1", "h2"):
        box.draw(period, "clients", 12)
        box.draw(period, "delegates", 7)
        box.draw(period, "delegates", 2, units=["hall", "civil"])
        box.draw(period, "chief", 1)
        for unit in units:
            box.draw(period, "colleagues", 2, unit=unit)
    box.issue(office, "codes of every kind are issued")
    expect("it opens", office.post(f"{path}/open", {}), 200)
    voter = base.another()

    narrowed = next(code for code, (_, _, _, only) in box.codes.items() if only)
    paper = voter.post("/api/ballot-paper", {"plan": plan_id, "code": narrowed}).json
    check("a narrowed code's paper has only its units", paper and {u["id"] for s in paper["sections"] for u in s["units"]} == {"hall", "civil"}, paper)
    check("one paper has the survey and the complaints of its group", paper and [s["component"] for s in paper["sections"]] == ["public", "complaints"])
    colleague = next(code for code, (_, g, unit, _) in box.codes.items() if g == "colleagues" and unit == "tax")
    paper = voter.post("/api/ballot-paper", {"plan": plan_id, "code": colleague}).json
    check("the own unit is not on the paper", paper and [u["id"] for u in paper["sections"][0]["units"]] == ["hall", "finance", "civil"], paper)

    def ballot(code, marks):
        return {"plan": plan_id, "code": code, "ballot_id": secrets.token_hex(16), "marks": marks}

    def mutual(unit, option):
        return {"component": "mutual", "unit": unit, "criterion": None, "option": option}
    answer = expect("a quota that is not met is refused", voter.post("/api/ballots", ballot(colleague, [mutual("hall", "excellent"), mutual("finance", "excellent"), mutual("civil", "average")])), 422, "invalid_ballot")
    check("as quota_unmet", "quota_unmet" in [c for _, c in answer.fields], answer)
    answer = expect("a blank where a quota stands is refused", voter.post("/api/ballots", ballot(colleague, [mutual("hall", "excellent"), mutual("finance", "good")])), 422, "invalid_ballot")
    answer = expect("marking the own unit is refused", voter.post("/api/ballots", ballot(colleague, [mutual("tax", "excellent"), mutual("finance", "good"), mutual("civil", "average")])), 422, "invalid_ballot")
    check("as own_unit", "own_unit" in [c for _, c in answer.fields], answer)

    trouble = vote_all(base, box, list(box.codes), 8)
    check("all groups vote in both periods", not trouble, trouble[:2])

    hidden = office.get(f"{path}/records").json or {}
    check("while voting is open nobody sees tallies of anonymous groups",
          not [t for t in hidden.get("tallies") or [] if t["group"] in ("clients", "delegates", "colleagues")], hidden.get("tallies"))
    turnout = {(row["period"], row["group"]): (row["issued"], row["cast"]) for row in office.get(f"{path}/turnout").json["groups"]}
    check("but turnout they see", turnout.get(("h1", "clients")) == (12, 12) and turnout.get(("h2", "delegates")) == (9, 9), turnout)
    provisional = expect("a provisional result is read", office.get(f"{path}/result?mode=provisional"), 200).json or {}
    check("that lacks what is hidden", ("h1", "public", "clients", "hall") in {
        (m["period"], m["component"], m["group"], m["unit"]) for m in provisional.get("missing", [])}, provisional.get("missing", [])[:3])

    for period in ("h1", "h2"):
        for unit in units:
            expect("an office enters", office.put(f"{path}/entries/{period}/tasks/{unit}", {"value": f"{chance.randint(600, 1000) / 10}"}), 200)
            if "window" in (next(u for u in plan["units"] if u["id"] == unit).get("traits") or []):
                expect("linked totals are given", office.put(f"{path}/links/{period}/windows/{unit}", {"totals": [f"{chance.randint(7000, 9999) / 100}" for _ in range(3)]}), 200)
            else:
                expect("the other half enters", office.put(f"{path}/entries/{period}/paperwork/{unit}", {"value": f"{chance.randint(50, 100) / 10}"}), 200)
    answer = office.put(f"{path}/entries/h1/paperwork/hall", {"value": "5"})
    check("an entry for a component that does not apply is refused", answer.status == 422, answer)
    for unit, level, count, serious in (("hall", "office", 2, False), ("hall", "county", 1, True), ("civil", "county", 9, False)):
        expect("an incident is noted", office.post(f"{path}/incidents", {"period": "h1", "component": "inspection", "unit": unit, "level": level, "count": count, "serious": serious, "evidence": "督查通报"}), 201)
    answer = office.post(f"{path}/incidents", {"period": "h1", "component": "inspection", "unit": "hall", "level": "none", "count": 1, "serious": False})
    check("an incident of an unknown level is refused", answer.status == 422, answer)
    for unit, rule, how in (("tax", "praise", {"level": "province"}), ("tax", "praise", {"level": "province"}), ("tax", "idea", {"points": "4"}), ("finance", "breach", {"points": "1.25"})):
        expect("an adjustment is given", office.post(f"{path}/adjustments", {"period": "h2", "rule": rule, "unit": unit, **how}), 201)
    expect("a decision takes the place of votes", office.post(f"{path}/decisions", {"period": "h1", "component": "chief_vote", "unit": "civil", "value": "9", "reason": "党委合议"}), 201)
    expect("a verdict is given", office.post(f"{path}/verdicts", {"unit": "tax", "outcome": "weak", "reason": "弄虚作假"}), 201)
    expect("history is given", office.put(f"{path}/history", {"history": [{"year": 2024, "unit": unit, "outcomes": ["last"]} for unit in units]}), 200)

    # Paper ballots, entered twice by different people.
    other = base.another()
    name, password = "second" + secrets.token_hex(3), secrets.token_hex(8)
    expect("a second person gets an account", office.post("/api/staff", {"name": name, "password": password, "roles": ["office"]}), 201)
    expect("the second person signs in", other.post("/api/session", {"name": name, "password": password}), 204)
    expect("who has no right to it makes no plan", other.post("/api/plans", entries_only()), 403, "forbidden")
    batch = {"label": "一号箱", "period": "h1", "group": "clients", "component": "public", "collected": 5, "void": 1, "counts": [
        {"unit": unit, "criterion": criterion, "counts": {"good": 2, "fair": 1}, "blank": 1} for unit in units for criterion in ("attitude", "speed")]}
    wrong = {**batch, "counts": [{**batch["counts"][0], "blank": 2}] + batch["counts"][1:]}
    answer = office.post(f"{path}/paper-tallies", wrong)
    check("a batch that does not add up is refused", answer.status == 422, answer)
    expect("one person enters a batch of paper ballots", office.post(f"{path}/paper-tallies", batch), 201)
    answer = office.post(f"{path}/paper-tallies", batch)
    check("the same person again does not make it count", answer.status in (200, 201, 409), answer)
    check("another enters the same", other.post(f"{path}/paper-tallies", batch).status in (200, 201))

    expect("it closes", close_plan(office, path), 200)
    for counts in batch["counts"]:
        place = ("h1", "public", "clients", counts["unit"], counts["criterion"])
        options = box.counts.setdefault(place, {})
        for option, count in counts["counts"].items():
            options[option] = options.get(option, 0) + count
    records = expect("the records are read", office.get(f"{path}/records"), 200).json or {}
    check("tallies are the ballots' and the agreed paper's counts", summed(records.get("tallies") or []) == summed(box.tallies()),
          {place: (summed(records.get("tallies") or []).get(place), options) for place, options in summed(box.tallies()).items() if summed(records.get("tallies") or []).get(place) != options})
    result = expect("the final result is read", office.get(f"{path}/result?mode=final"), 200).json
    differing = differences(Reckoning(plan, {**records, "tallies": box.tallies()}).reckon(), result)
    check("the final result is as reckoned", not differing, differing[:8])
    if result and result["unresolved_ties"]:
        expect("ties go to a lot", office.put(f"{path}/lots/dept", {"order": units}), 200)
    expect("it is published", office.post(f"{path}/publish", {}), 200)
    trail = office.get(f"/api/plans/{plan_id}/audit")
    check("every change left an event in the audit chain", trail.status == 200 and len(json.dumps(trail.json)) > 1000, trail)
    expect("the second person signs out", other.delete("/api/session"), 204)


def with_blind_tokens(base, office):
    """Who holds the codes learns who exchanged one, and never which ballot is whose."""
    plan = blind_group()
    plan_id = office.post("/api/plans", plan).json["id"]
    path, box = f"/api/plans/{plan_id}", Box(plan_id)
    box.draw("year", "members", 6)
    box.issue(office, "codes of a blind group are issued")
    expect("it opens", office.post(f"{path}/open", {}), 200)
    codes, voter, key = list(box.codes), base.another(), None

    def ballot(token, marks):
        return {"plan": plan_id, "token": token, "ballot_id": secrets.token_hex(16), "marks": marks}

    def marks(option):
        return [{"component": "vote", "unit": unit, "criterion": None, "option": option} for unit in ("a", "b")]
    for number, code in enumerate(codes[:5]):
        paper = expect("a blind group's code opens its paper", voter.post("/api/ballot-paper", {"plan": plan_id, "code": code}), 200).json
        key = next((k["key"] for k in paper.get("blind_keys") or [] if (k["period"], k["group"]) == ("year", "members")), "")
        nonce = secrets.token_bytes(32)
        person = Voter(nonce)
        request = {"plan": plan_id, "code": code, "blinded": person.blinded.hex()}
        answer = expect("a code is exchanged for a blinded token", voter.post("/api/tokens", request), 200)
        check("asked again, the same answer", person.finalize(*(bytes.fromhex((voter.post("/api/tokens", request).json or {})[m]) for m in ("evaluated", "proof")), bytes.fromhex(key))
              == person.finalize(*(bytes.fromhex(answer.json[m]) for m in ("evaluated", "proof")), bytes.fromhex(key)))
        output = person.finalize(*(bytes.fromhex(answer.json[m]) for m in ("evaluated", "proof")), bytes.fromhex(key))
        token = {"period": "year", "group": "members", "nonce": nonce.hex(), "output": output.hex()}
        option = "good" if number else "poor"
        if number == 0:
            expect("one code buys one token", voter.post("/api/tokens", {**request, "blinded": Voter(secrets.token_bytes(32)).blinded.hex()}), 409, "code_used")
            expect("what is no element is refused", voter.post("/api/tokens", {**request, "blinded": "ff" * 32}), 422)
            expect("an unknown code buys none", voter.post("/api/tokens", {**request, "code": draw_code()}), 404, "unknown_code")
            expect("a forged token casts nothing", voter.post("/api/ballots", ballot({**token, "output": secrets.token_hex(64)}, marks("good"))), 404, "unknown_code")
            expect("nor another nonce with this output", voter.post("/api/ballots", ballot({**token, "nonce": secrets.token_hex(32)}, marks("good"))), 404, "unknown_code")
            by_code = {**ballot(None, marks("good")), "code": code}
            del by_code["token"]
            expect("an exchanged code casts nothing itself", voter.post("/api/ballots", by_code), 409, "code_used")
        cast = ballot(token, marks(option))
        caller = base.another()
        first = expect("a token casts a ballot", caller.post("/api/ballots", cast), 201)
        again = expect("the same ballot again is answered alike", caller.post("/api/ballots", cast), 200)
        check("with the same receipt", again.json == repeated(first), again)
        expect("a token casts one ballot", caller.post("/api/ballots", ballot(token, marks("good"))), 409, "code_used")
        box.count("year", "members", cast["marks"])
    expect("it closes", close_plan(office, path), 200)
    records = office.get(f"{path}/records").json
    check("tallies are the tokens' ballots", summed(records["tallies"]) == summed(box.tallies()), records["tallies"])
    expect("ties go to a lot", office.put(f"{path}/lots/dept", {"order": ["a", "b"]}), 200)
    expect("it is published", office.post(f"{path}/publish", {}), 200)


def work(challenge):
    """The number that solves a challenge, by hashlib."""
    begun = hashlib.sha256(b"pingyi-work\0" + challenge["text"].encode() + b"\0")
    number = 0
    while True:
        tried = begun.copy()
        tried.update(number.to_bytes(8, "big"))
        if int.from_bytes(tried.digest(), "big") >> (256 - challenge["bits"]) == 0:
            return number
        number += 1


def with_an_open_link(base, office):
    """Anyone who scans may vote, once for each browser, and may say why; the office reads that at the end."""
    plan = open_group()
    plan_id = office.post("/api/plans", plan).json["id"]
    path, box = f"/api/plans/{plan_id}", Box(plan_id)
    ask = {"plan": plan_id, "period": "year", "group": "citizens"}
    expect("a link leads nowhere before opening", base.another().post("/api/open-codes", ask), 409, "plan_not_open")
    expect("an open group needs no codes to open", office.post(f"{path}/open", {}), 200)
    codes, said = set(), []
    for number in range(3):
        browser = base.another()
        challenge = expect("whoever scans gets some work to do", browser.post("/api/open-codes", ask), 200).json["challenge"]
        done = {**ask, "work": {"challenge": challenge["text"], "number": work(challenge)}}
        expect("work done in one browser buys another nothing", base.another().post("/api/open-codes", done), 422, "challenge_failed")
        code = expect("and for the work a code", browser.post("/api/open-codes", done), 201).json["code"]
        check("asked again, the same code", browser.post("/api/open-codes", ask).json == {"code": code})
        codes.add(code)
        paper = expect("the code opens the group's paper", browser.post("/api/ballot-paper", {"plan": plan_id, "code": code}), 200).json
        check("which says how open it is", paper["group"]["ballot"] == "open" and paper["comments"] is True, paper)
        marks = [{"component": "vote", "unit": unit, "criterion": None, "option": "good" if number else "poor"} for unit in ("a", "b")]
        said.append(f"窗口{number}")
        cast = {"plan": plan_id, "code": code, "ballot_id": secrets.token_hex(16), "marks": marks, "comments": [{"unit": "b", "text": said[-1]}]}
        first = expect("the ballot goes in with an opinion", browser.post("/api/ballots", cast), 201)
        check("and only once", expect("again", browser.post("/api/ballots", cast), 200).json == repeated(first))
        box.count("year", "citizens", marks)
        expect("a second visit finds it used", browser.post("/api/ballot-paper", {"plan": plan_id, "code": code}), 409, "code_used")
    check("each browser had a code of its own", len(codes) == 3)
    turnout = office.get(f"{path}/turnout").json["groups"][0]
    check("codes are counted by the hour", turnout["issued"] == turnout["cast"] == sum(hour["issued"] for hour in turnout["hours"]) == 3, turnout)
    expect("nobody reads opinions while voting goes on", office.get(f"{path}/comments"), 409, "wrong_state")
    expect("it closes", close_plan(office, path), 200)
    expect("a link leads nowhere any more", base.another().post("/api/open-codes", ask), 409, "plan_closed")
    found = office.get(f"{path}/comments").json
    check("the office reads every opinion once", sorted(one["text"] for one in found["comments"]) == said and found["next"] is None, found)
    check("and of so few voters not whose", all(one["group"] is None and one["unit"] == "b" for one in found["comments"]), found)
    check("tallies are the ballots", summed(office.get(f"{path}/records").json["tallies"]) == summed(box.tallies()))
    expect("ties go to a lot", office.put(f"{path}/lots/dept", {"order": ["a", "b"]}), 200)
    expect("it is published", office.post(f"{path}/publish", {}), 200)
    public = base.another().get(f"/api/public/{plan_id}").json
    check("and everybody sees the hours", [(one["group"], sum(hour["issued"] for hour in one["hours"])) for one in public["open_groups"]] == [("citizens", 3)], public.get("open_groups"))


def openapi(base):
    """The description has every route of the page."""
    answer = expect("the API describes itself", base.another().get("/api/openapi.json"), 200)
    described = {(method.upper(), path) for path, methods in (answer.json or {}).get("paths", {}).items() for method in methods}
    plain = {(method, __import__("re").sub(r"\{[^}]*\}", "{}", path)) for method, path in described}
    routes = """POST /api/session; GET /api/session; DELETE /api/session; GET /api/templates; GET /api/templates/{}; GET /api/templates/{}/notes;
        POST /api/plans; GET /api/plans; GET /api/plans/{}; PUT /api/plans/{}; POST /api/plans/{}/open; POST /api/plans/{}/close;
        POST /api/plans/{}/publish; POST /api/plans/{}/codes; GET /api/plans/{}/turnout; POST /api/ballot-paper; POST /api/ballots; POST /api/tokens;
        PUT /api/plans/{}/entries/{}/{}/{}; POST /api/plans/{}/incidents; POST /api/plans/{}/adjustments; PUT /api/plans/{}/links/{}/{}/{};
        PUT /api/plans/{}/lots/{}; PUT /api/plans/{}/history; POST /api/plans/{}/decisions; POST /api/plans/{}/verdicts;
        POST /api/plans/{}/paper-tallies; GET /api/plans/{}/records; GET /api/plans/{}/result; POST /api/plans/{}/simulate;
        GET /api/public/{}; GET /api/health"""
    for route in (tuple(r.split()) for r in routes.split(";")):
        check(f"{' '.join(route)} is described", route in plain)


def patience(base, office, password, published):
    """Wrong codes and passwords, until the server has had enough; nobody else suffers."""
    made = office.post("/api/plans", {**every_method(), "title": "耐心"}).json
    box = Box(made["id"])
    box.draw("h1", "clients", 6)
    box.issue(office, "codes are issued")
    office.post(f"/api/plans/{made['id']}/open", {"allow_small": ["clients"]})
    caller = base.another()
    name = "nobody" + secrets.token_hex(3)
    statuses = [caller.post("/api/session", {"name": name, "password": "wrong password"}).status for _ in range(40)]
    check("wrong passwords for one name are throttled", statuses[0] == 401 and statuses[-1] == 429 and set(statuses) == {401, 429}, statuses)
    expect("as too_many_attempts", caller.post("/api/session", {"name": name, "password": "wrong password"}), 429, "too_many_attempts")
    expect("another name still signs in", base.another().post("/api/session", {"name": "admin", "password": password}), 204)
    statuses = []
    for _ in range(300):
        statuses.append(caller.post("/api/ballot-paper", {"plan": made["id"], "code": draw_code()}).status)
        if statuses[-1] == 429:
            break
    check("wrong codes are throttled", statuses[0] == 404 and statuses[-1] == 429 and set(statuses) == {404, 429}, (len(statuses), statuses[-3:]))
    print(f"wrong codes until the first 429: {len(statuses) - 1}", flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("base")
    arguments.add_argument("password")
    arguments.add_argument("--ballots", type=int, default=200)
    arguments = arguments.parse_args()
    base = Client(arguments.base)
    chapters = [("strangers", lambda: strangers(base)), ("openapi", lambda: openapi(base))]
    office = None
    for name, chapter in chapters:
        tell(name, chapter)
    office = tell("sign_in", lambda: sign_in(base, arguments.password))
    if office:
        tell("templates", lambda: templates(office))
        tell("drafting", lambda: drafting(office))
        tell("without_votes", lambda: without_votes(base, office))
        published = tell("from_template", lambda: from_template(base, office, arguments.ballots))
        tell("with_every_method", lambda: with_every_method(base, office))
        tell("with_blind_tokens", lambda: with_blind_tokens(base, office))
        tell("with_an_open_link", lambda: with_an_open_link(base, office))
        tell("patience", lambda: patience(base, office, arguments.password, published))
    print(f"{len(PASSED)} passed, {len(FAILED)} failed")
    return 1 if FAILED else 0


def tell(name, chapter):
    """A chapter that breaks off is a failure, and the next one begins."""
    start = time.monotonic()
    try:
        value = chapter()
    except Exception as trouble:  # noqa: BLE001
        import traceback
        check(f"chapter {name} is told to its end", False, "".join(traceback.format_exception(trouble)[-3:]))
        value = None
    print(f"chapter {name}: {time.monotonic() - start:.1f} s", flush=True)
    return value


if __name__ == "__main__":
    sys.exit(main())
