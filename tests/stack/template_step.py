"""The template by itself: its lint, its tables as DynamoDB makes them, its tables against the store's,
the role's grants, the page routes, the upload of pages. Every server runs on this machine."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

import template
from checks import Checks
from grants import Grants
from served import build, program

check = Checks()
BIN = Path(sys.executable).parent
DUMMY = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "eu-west-1"}


def lint():
    done = subprocess.run([BIN / "cfn-lint", "--include-checks", "I", "--regions", "ap-east-1", "eu-west-1", "--template", template.PATH],
                          capture_output=True, text=True)
    check("cfn-lint has nothing to say, not even advice", done.returncode == 0, done.stdout + done.stderr)


def deployed(endpoint):
    """The tables alone, as a stack, since no emulator knows the rest; then as DynamoDB describes them."""
    resources = {name: r for name, r in template.load()["Resources"].items() if r["Type"] == "AWS::DynamoDB::Table"}
    check("the template has two tables", sorted(resources) == ["BoxTable", "MainTable"], sorted(resources))
    stacks = boto3.client("cloudformation", endpoint_url=endpoint)
    stacks.create_stack(StackName="tables", TemplateBody=json.dumps({"Resources": resources}))
    names = {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in stacks.describe_stack_resources(StackName="tables")["StackResources"]}
    dynamodb = boto3.client("dynamodb", endpoint_url=endpoint)
    found = {}
    for logical, name in names.items():
        # The emulator's stacks leave these two out; CloudFormation makes the same two calls.
        properties = resources[logical]["Properties"]
        if "TimeToLiveSpecification" in properties:
            dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=properties["TimeToLiveSpecification"])
        dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=properties["PointInTimeRecoverySpecification"])
        table = dynamodb.describe_table(TableName=name)["Table"]
        ttl = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        check(f"{logical} has no index", not table.get("GlobalSecondaryIndexes") and not table.get("LocalSecondaryIndexes"), table)
        check(f"{logical} has string keys", all(a["AttributeType"] == "S" for a in table["AttributeDefinitions"]), table)
        keys = {key["KeyType"]: key["AttributeName"] for key in table["KeySchema"]}
        found[logical] = {
            "partition_key": keys["HASH"], "sort_key": keys["RANGE"],
            "pay_per_request": table.get("BillingModeSummary", {}).get("BillingMode") == "PAY_PER_REQUEST",
            "time_to_live": ttl.get("AttributeName") if ttl["TimeToLiveStatus"] == "ENABLED" else None,
            "point_in_time_recovery": backups["PointInTimeRecoveryStatus"] == "ENABLED",
            "stream": bool(table.get("StreamSpecification", {}).get("StreamEnabled")),
            "deletion_protection": table["DeletionProtectionEnabled"],
        }
    return found


def same_as_the_store(found):
    """What the store creates locally is what the template deploys."""
    if not check("the loopback engine builds", build()):
        return
    printed = subprocess.run([program("loopback"), "tables"], capture_output=True, text=True, check=True).stdout
    store = {table.pop("name"): table for table in json.loads(printed)}
    check("main is the same in the template and in the store", found.get("MainTable") == store.get("main"), (found.get("MainTable"), store.get("main")))
    check("box is the same in the template and in the store", found.get("BoxTable") == store.get("box"), (found.get("BoxTable"), store.get("box")))


def the_box_forgets():
    """Nothing about the box keeps earlier states, orders or times, or reaches a log."""
    for name, wanted in (("MainTable", True), ("BoxTable", False)):
        properties = template.tables()[name]
        check(f"{name}: point-in-time recovery is {wanted}", properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is wanted)
        check(f"{name} is kept when the stack goes", template.resource(name).get("DeletionPolicy") == "Retain" == template.resource(name).get("UpdateReplacePolicy"))
        check(f"{name} is protected from deletion", properties["DeletionProtectionEnabled"] is True)
    box = template.tables()["BoxTable"]
    for forbidden in ("StreamSpecification", "KinesisStreamSpecification", "TimeToLiveSpecification", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "Tags"):
        check(f"the box has no {forbidden}", forbidden not in box)
    check("contributor insights are off for the box", box["ContributorInsightsSpecification"]["Enabled"] is False)
    resources = template.load()["Resources"]
    log = resources["ApiStage"]["Properties"]["AccessLogSettings"]["Format"]
    known = set(re.findall(r"\$context\.([A-Za-z.]+)", log))
    check("a line of the access log is JSON", isinstance(json.loads(log), dict), log)
    check("the access log holds no address, agent, path, time or size",
          known <= {"httpMethod", "status", "responseLatency", "integrationStatus", "integrationErrorMessage"}, known)
    check("CloudFront writes no access log", "Logging" not in resources["Site"]["Properties"]["DistributionConfig"])
    function = resources["HttpFunction"]["Properties"]
    check("the function is not traced and has no line for every call", function["Tracing"] == "PassThrough" and function["LoggingConfig"]["SystemLogLevel"] == "WARN")
    groups = {name: r["Properties"].get("RetentionInDays") for name, r in resources.items() if r["Type"] == "AWS::Logs::LogGroup"}
    check("every log ends", len(groups) == 2 and all(groups.values()), groups)


def the_role_is_narrow():
    grants = Grants({"MainTable": "main", "BoxTable": "box"})
    granted = {(action, table) for _, actions, table, _ in grants.statements for action in actions}
    for action in ("Scan", "BatchWriteItem", "DeleteTable", "UpdateTable", "PartiQLSelect", "*"):
        check(f"the role has no {action}", not [g for g in granted if g[0] == action])
    for action, table, key, wanted in (
            ("PutItem", "box", "BALLOT#p#0", True), ("PutItem", "box", "TOKEN#p#0", True), ("UpdateItem", "box", "TOKEN#p#0", False), ("UpdateItem", "box", "BALLOT#p#0", False),
            ("UpdateItem", "box", "CODE#p#0", True), ("UpdateItem", "box", "BATCH#p", True), ("ConditionCheckItem", "box", "BATCH#p", True), ("DeleteItem", "box", "BATCH#p", False), ("PutItem", "box", "HOLDER#p", True), ("UpdateItem", "box", "HOLDER#p", True), ("ConditionCheckItem", "box", "HOLDER#p", True), ("DeleteItem", "box", "HOLDER#p", True), ("UpdateItem", "box", "TALLY#p#3", True),
            ("PutItem", "box", "OTHER#p", False), ("DeleteItem", "box", "CODE#p#0", False), ("DeleteItem", "box", "TOKEN#p#0", False),
            ("DeleteItem", "box", "BALLOT#p#0", False), ("DeleteItem", "box", "COMMENT#p", False), ("DeleteItem", "box", "TALLY#p#3", False),
            ("DeleteItem", "box", "DAYKEY", False), ("DeleteItem", "box", "LIVE#p", True), ("PutItem", "main", "AUDIT#p", True), ("UpdateItem", "main", "AUDIT#p", False),
            ("DeleteItem", "main", "AUDIT#p", False), ("DeleteItem", "main", "PLAN#p#COUNT", False),
            # A draft: its head and versions, its row, the words of its papers, the note of its deletion.
            ("DeleteItem", "main", "PLAN#0123456789abcdef", True), ("DeleteItem", "main", "PLAN#0123456789abcdef#AUDIT", False), ("DeleteItem", "main", "PLANS", True),
            ("DeleteItem", "main", "PLAN#0123456789abcdef#TEXTS", True), ("DeleteItem", "main", "DELETED", True), ("DeleteItem", "main", "PLAN#0123456789abcdef#COUNT", False),
            ("DeleteItem", "main", "PLAN#p#EXPORT", False), ("DeleteItem", "main", "PLAN#p#PUB", False), ("DeleteItem", "main", "PLAN#p#REC", True), ("DeleteItem", "main", "PLAN#p#VOTER", True),
            ("DeleteItem", "main", "SESSION#x", True)):
        check(f"the role {'may' if wanted else 'may not'} {action} {key} in {table}", bool(grants.of(action, table, key)) is wanted)
    check("of files the role puts and reads, and neither lists nor deletes", template.file_actions() == ["s3:PutObject", "s3:GetObject"], template.file_actions())
    evidence = template.resource("Evidence")
    check("the bucket of evidence is kept, versioned and closed to everybody else",
          evidence["DeletionPolicy"] == "Retain" == evidence["UpdateReplacePolicy"] and evidence["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
          and all(evidence["Properties"]["PublicAccessBlockConfiguration"].values()), evidence)
    policies = template.resource("HttpRole")["Properties"]["Policies"]
    check("no resource of the role is a star", '"*"' not in json.dumps([s["Resource"] for p in policies for s in p["PolicyDocument"]["Statement"]]))


def alarms_arrive():
    """An encrypted topic whose key CloudWatch may use: with the key that AWS keeps for SNS it may not."""
    key = template.resource("AlarmTopic")["Properties"]["KmsMasterKeyId"]
    check("the alarms' topic has a key of its own", key == {"Ref": "AlarmKey"}, key)
    uses = [statement for statement in template.resource("AlarmKey")["Properties"]["KeyPolicy"]["Statement"]
            if statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}]
    check("CloudWatch may use it, for this account alone", len(uses) == 1 and uses[0]["Effect"] == "Allow"
          and set(uses[0]["Action"]) == {"kms:Decrypt", "kms:GenerateDataKey*"} and "aws:SourceAccount" in json.dumps(uses[0].get("Condition")), uses)
    alarms = {name: resource["Properties"].get("AlarmActions") for name, resource in template.load()["Resources"].items() if resource["Type"] == "AWS::CloudWatch::Alarm"}
    check("every alarm goes to it", alarms and all("AlarmTopic" in json.dumps(actions) for actions in alarms.values()), alarms)


def pages():
    """The viewer function, run by node as CloudFront runs it."""
    if not shutil.which("node"):
        check("node is there to run the page routes", False)
        return
    code = template.resource("PageRoutes")["Properties"]["FunctionCode"]
    cases = [("/", None, "/office.html"), ("/office", None, "/office.html"), ("/office/plans/abc", "br", "/office.html"), ("/officer", None, "/officer"),
             ("/assets/a-1.js", "gzip, deflate, br", "/assets/a-1.js.br"), ("/assets/a-1.wasm", "br;q=1.0, gzip", "/assets/a-1.wasm.br"),
             ("/assets/a-1.js", "gzip", "/assets/a-1.js"), ("/assets/a-1.js", None, "/assets/a-1.js"), ("/assets/a-1.js", "brx", "/assets/a-1.js"),
             ("/nothing", "br", "/nothing")]
    events = [{"request": {"method": "GET", "uri": uri, "headers": {"accept-encoding": {"value": coding}} if coding else {}}} for uri, coding, _ in cases]
    script = code + f"\nconsole.log(JSON.stringify({json.dumps(events)}.map((event) => handler(event).uri)));"
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True)
    seen = json.loads(done.stdout) if done.returncode == 0 else done.stderr
    check("page routes lead to the shells and to brotli where it is accepted", seen == [wanted for _, _, wanted in cases], seen)
    code = template.resource("CallerAddress")["Properties"]["FunctionCode"]
    forged = {"viewer": {"ip": "203.0.113.7"}, "request": {"uri": "/api/ballots", "headers": {"true-client-ip": {"value": "198.51.100.1"}}}}
    done = subprocess.run(["node", "-e", code + f"\nconsole.log(handler({json.dumps(forged)}).headers['true-client-ip'].value);"], capture_output=True, text=True)
    check("the caller's address is CloudFront's word, not the caller's", done.stdout.strip() == "203.0.113.7", done.stdout + done.stderr)
    site = template.resource("Site")["Properties"]["DistributionConfig"]
    paths = [b["PathPattern"] for b in site["CacheBehaviors"]]
    headers = [h for o in site["Origins"] if o["Id"] == "api" for h in o.get("OriginCustomHeaders", [])]
    secret = template.resource("HttpFunction")["Properties"]["Environment"]["Variables"]["PINGYI_SITE_SECRET"]
    check("the function knows the site by a secret that only the site sends", [(h["HeaderName"], h["HeaderValue"]) for h in headers] == [("x-pingyi-site", secret)]
          and "SiteSecret" in json.dumps(secret), headers)
    check("what the server answers goes to the API", paths == ["/api/public/*", "/public*", "/api/*", "/ballot/*", "/b/*"], paths)
    check("no error becomes a page", not [e for e in site["CustomErrorResponses"] if "ResponsePagePath" in e or e["ErrorCachingMinTTL"] != 0])
    policy = template.load()["Mappings"]["Headers"]["Pages"]["ContentSecurityPolicy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    check("the pages' policy allows their own scripts, WebAssembly and nothing inline",
          directives["default-src"] == "'none'" and directives["script-src"] == "'self' 'wasm-unsafe-eval'" and "unsafe-inline" not in policy
          and directives["style-src"] == "'self'" and directives["frame-ancestors"] == "'none'", directives)


def uploaded(endpoint):
    """The upload script against a bucket: each file with its type, coding and keeping time."""
    s3 = boto3.client("s3", endpoint_url=endpoint)
    s3.create_bucket(Bucket="pages", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    with tempfile.TemporaryDirectory() as folder:
        for name in ("office.html", "ballot.html", "assets/office-0.js", "assets/office-0.js.br", "assets/office-0.wasm", "assets/office-0.wasm.br", "assets/page-0.css", "assets/page-0.css.br"):
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(name)
        done = subprocess.run([template.ROOT / "infra" / "upload-pages.sh", folder, "pages"], capture_output=True, text=True,
                              env={**os.environ, **DUMMY, "AWS_ENDPOINT_URL": endpoint, "PATH": f"{BIN}:{os.environ['PATH']}"})
    if not check("the pages are uploaded", done.returncode == 0, done.stdout + done.stderr):
        return
    seen = {}
    for item in s3.list_objects_v2(Bucket="pages")["Contents"]:
        head = s3.head_object(Bucket="pages", Key=item["Key"])
        seen[item["Key"]] = (head["ContentType"], head.get("ContentEncoding"), "immutable" in head.get("CacheControl", ""))
    wanted = {"office.html": ("text/html; charset=utf-8", None, False)}
    for name, kind in (("office-0.js", "text/javascript"), ("office-0.wasm", "application/wasm"), ("page-0.css", "text/css")):
        wanted[f"assets/{name}"] = (kind, None, True)
        wanted[f"assets/{name}.br"] = (kind, "br", True)
    check("each with its type, coding and keeping time; the ballot's shell is the server's", seen == wanted, seen)


def main():
    os.environ.update(DUMMY)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    lint()
    the_box_forgets()
    the_role_is_narrow()
    alarms_arrive()
    pages()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    try:
        found = deployed(endpoint)
        same_as_the_store(found)
        uploaded(endpoint)
    finally:
        server.stop()
    check.close()


if __name__ == "__main__":
    main()
