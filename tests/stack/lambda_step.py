"""The journey against the real function: the binary of functions/http, the Lambda runtime's own protocol
as `cargo lambda` serves it, events of API Gateway's format 2.0, tables made from the template in the
embedded engine, evidence in moto's S3. Between the function and both stand witnesses that hold every request
against the template's role."""

import hashlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

import boto3

sys.path.insert(0, str(Path(__file__).parent.parent / "http"))

import plans  # noqa: E402
import template  # noqa: E402
from bucket import Bucket  # noqa: E402
from checks import Checks  # noqa: E402
from client import Client  # noqa: E402
from grants import Grants, Witness  # noqa: E402
from served import Process, build, program  # noqa: E402
from template import ROOT  # noqa: E402

check = Checks()
NAMES = {"MainTable": "pingyi-main", "BoxTable": "pingyi-box"}
BUCKET = "pingyi-evidence"
# As many instances as requests may be in flight: each handles one event at a time, as on Lambda.
INSTANCES = 4


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_tables(endpoint):
    """The template's tables, in what the engine knows of a table."""
    dynamodb = boto3.client("dynamodb", endpoint_url=endpoint, region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test")
    for logical, properties in template.tables().items():
        dynamodb.create_table(TableName=NAMES[logical], **{k: properties[k] for k in ("AttributeDefinitions", "KeySchema", "BillingMode")})
        if "TimeToLiveSpecification" in properties:
            dynamodb.update_time_to_live(TableName=NAMES[logical], TimeToLiveSpecification=properties["TimeToLiveSpecification"])


class Runtime:
    """cargo lambda's runtime API and the HTTP door to it; the function is started by us."""

    def __init__(self):
        self.port = free_port()
        # Nobody sends it here: the caller's address is then the one that Lambda says.
        self.site_secret = secrets.token_hex(20)
        # Not --concurrency: that counts instances it started itself, and makes requests to ours wait. The runtime API's log is not the test's; its errors show in the journey.
        self.process = subprocess.Popen(
            [Path(sys.executable).parent / "cargo-lambda", "lambda", "watch", "--only-lambda-apis", "--quiet", "--disable-cors",
             "--invoke-address", "127.0.0.1", "--invoke-port", str(self.port)],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("cargo lambda does not listen")

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}/lambda-url/http"

    def invoke(self, event):
        """Sends the function an event that is no request, as EventBridge does: status and answer."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/2015-03-31/functions/http/invocations", event.encode(), {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def instance(self, dynamodb, files, password):
        """One instance of the function, with the environment that the template gives it."""
        variables = template.resource("HttpFunction")["Properties"]["Environment"]["Variables"]
        given = {"PINGYI_TABLE_MAIN": NAMES["MainTable"], "PINGYI_TABLE_BOX": NAMES["BoxTable"], "PINGYI_BUCKET_FILES": BUCKET, "PINGYI_ADMIN_PASSWORD": password,
                 "PINGYI_PUBLIC_URL": "https://pingyi.example", "PINGYI_APP": str(ROOT / "dist"), "PINGYI_SITE_SECRET": self.site_secret, "PINGYI_PUBLIC_HEADS": "1",
                 **dict.fromkeys(("PINGYI_OIDC_ISSUER", "PINGYI_OIDC_CLIENT_ID", "PINGYI_OIDC_CLIENT_SECRET", "PINGYI_OIDC_NAME"), ""), "PINGYI_OIDC_CLAIM": "preferred_username"}
        check("the test gives the function exactly the template's variables", set(given) == set(variables), sorted(variables))
        return subprocess.Popen([os.environ.get("PINGYI_FUNCTION") or program("http")], cwd=ROOT, env={
            "PATH": os.environ["PATH"], **given,
            "AWS_LAMBDA_RUNTIME_API": f"http://127.0.0.1:{self.port}/.rt/http", "AWS_LAMBDA_FUNCTION_NAME": "http",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL_DYNAMODB": dynamodb, "AWS_ENDPOINT_URL_S3": files})


def main():
    if not check("the function and the loopback engine build", build()):
        check.close()
    started = [Process([program("loopback"), "serve"])]
    engine, password = started[0], secrets.token_hex(8)
    grants = Grants(NAMES)
    witness = Witness(engine.address, grants)
    bucket = Bucket(BUCKET)
    runtime, instances = None, []
    try:
        make_tables(engine.address)
        runtime = Runtime()
        start = time.monotonic()
        instances.append(runtime.instance(witness.address, bucket.address, password))
        healthy = False
        while time.monotonic() - start < 30 and instances[0].poll() is None and not healthy:
            try:
                with urllib.request.urlopen(f"{runtime.base}/api/health", timeout=10) as answer:
                    healthy = answer.status == 200
            except OSError:
                time.sleep(0.02)
        first = time.monotonic() - start
        if not check("the function answers", healthy):
            raise RuntimeError("without an answer there is no journey")
        print(f"cold start to the first answer: {first * 1000:.0f} ms, peak memory {memory(instances[0].pid):.0f} MB")
        instances += [runtime.instance(witness.address, bucket.address, password) for _ in range(INSTANCES - 1)]
        journey = subprocess.run([sys.executable, ROOT / "tests" / "http" / "journey.py", runtime.base, password, "--ballots", "200"])
        check("the journey is told to its end on Lambda", journey.returncode == 0)
        check("every instance lives to the end", all(instance.poll() is None for instance in instances))
        the_timer(runtime, password)
        the_files(runtime, password, bucket)
        peaks = [memory(instance.pid) for instance in instances if instance.poll() is None]
        print(f"peak memory of an instance: {max(peaks, default=0):.0f} MB; {witness.requests} requests to DynamoDB")
        check("the role grants everything that was asked of the tables", not witness.refused, sorted(witness.refused))
        granted = {(sid, action) for sid, actions, _, _ in grants.statements for action in actions}
        check("and nothing that was not", granted == witness.used, sorted(granted - witness.used))
        asked = {action for action, _ in bucket.asked}
        check("the role grants what was asked of the bucket, and nothing else", asked == set(template.file_actions()), (asked, template.file_actions()))
    finally:
        for process in instances:
            process.kill()
        if runtime:
            runtime.process.kill()
        witness.close()
        bucket.close()
        engine.end()
    check.close()


def the_timer(runtime, password):
    """A round that is due opens by the timer's event, and one whose time is over is closed and counted by the next ones."""
    timer = template.resource("Timer")["Properties"]
    check("the timer rings every minute and is on", (timer["ScheduleExpression"], timer["State"]) == ("rate(1 minute)", "ENABLED"), timer)
    now = datetime.now(timezone.utc)
    at = lambda seconds: (now + timedelta(seconds=seconds)).isoformat(timespec="seconds")
    plan = {**plans.entries_only(), "schedule": [{"period": "year", "opens": at(-60), "closes": at(6)}]}
    office = Client(runtime.base)
    check("the office signs in", office.post("/api/session", {"name": "admin", "password": password}).status == 204)
    made = office.post("/api/plans", plan)
    if not check("a plan with a schedule is made", made.status == 201, made):
        return
    place = f"/api/plans/{made.json['id']}"
    check("it opens without any round", office.post(f"{place}/open", {"rounds": []}).status == 200)
    state = lambda: office.get(f"{place}/rounds").json["rounds"][0]["state"]
    check("its round waits", state() == "waiting")
    event = timer["Targets"][0]["Input"]
    check("the timer's event is answered", runtime.invoke(event) == (200, b"null"))
    check("and the round is open", state() == "open")
    time.sleep(max(0.0, (now + timedelta(seconds=7) - datetime.now(timezone.utc)).total_seconds()))
    # One call works for some seconds; where requests are slow, the next events go on with it.
    for _ in range(20):
        if not check("the next event is answered", runtime.invoke(event) == (200, b"null")) or state() == "closed":
            break
    check("and the round is closed", state() == "closed")
    actors = {row["action"]: row["by"] for row in office.get(f"{place}/audit").json["events"]}
    check("the audit says that the time did it", (actors.get("round_opened"), actors.get("round_closed")) == ("schedule", "schedule"), actors)
    outside = office.post("/events", json.loads(event))
    check("nobody sends the timer's event from outside", outside.status in (403, 404, 405), outside)


def the_files(runtime, password, bucket):
    """Evidence lies in the bucket under its plan and hash; what is lost, changed or not to be had there is said."""
    office = Client(runtime.base)
    office.post("/api/session", {"name": "admin", "password": password})
    place = f"/api/plans/{office.post('/api/plans', plans.entries_only()).json['id']}"
    plan, content = place.rsplit("/", 1)[1], "说明：窗口无人值守。".encode()
    send = lambda content: office.send("POST", f"{place}/files", raw=content, headers={"content-type": "text/plain", "x-file-name": "note.txt"})
    kept = send(content)
    file = hashlib.sha256(content).hexdigest()
    check("a file is kept", kept.status == 201 and kept.json["file"] == file, kept)
    key = f"{plan}/{file}"
    check("in the bucket, under its plan and hash", key in bucket.keys(), bucket.keys())
    check("byte by byte", bucket.client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == content)
    check("the same file again is the same file", send(content).json == kept.json)
    read = lambda: office.get(f"{place}/files/{file}")
    answer = read()
    check("and comes back as a download", answer.body == content and answer.headers["content-disposition"].startswith("attachment"), answer)
    large = bytes(index * 7 % 64 + 48 for index in range(4 * 1024 * 1024))
    answer = send(large)
    check("4 MB are taken through the gateway", answer.status == 201, answer)
    back = office.get(f"{place}/files/{answer.json['file']}")
    check("and given back", back.body == large, (back.status, len(back.body)))
    answer = send(large + b"0")
    check("a byte more is 413", (answer.status, answer.code) == (413, "body_too_large"), answer)
    bucket.client.put_object(Bucket=BUCKET, Key=key, Body=content + b"!")
    check("other bytes under its name are not handed out", read().status == 500, read())
    bucket.client.delete_object(Bucket=BUCKET, Key=key)
    check("nor are lost ones", read().status == 500, read())
    check("giving it again mends it", send(content).status == 201 and read().body == content)
    bucket.answers = False
    other = "另一份说明".encode()
    answer = send(other)
    check("a bucket that does not answer is 503", (answer.status, answer.code) == (503, "unavailable"), answer)
    check("for readers too", read().status == 503, read())
    check("and nothing else stops", office.get(place).status == 200)
    bucket.answers = True
    file = hashlib.sha256(other).hexdigest()
    check("of what was refused nothing is known", read().status == 404, read())
    entry = {"value": "1", "files": [file]}
    check("the plan opens", office.post(f"{place}/open", {}).status == 200)
    check("and no record can name it", ("/files/0", "unknown_file") in office.put(f"{place}/entries/year/x/a", entry).fields)
    check("until it is given again", send(other).status == 201 and office.put(f"{place}/entries/year/x/a", entry).status == 200)


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
