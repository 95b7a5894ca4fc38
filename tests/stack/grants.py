"""Which DynamoDB actions a request needs, and whether the function's role grants them.

Owns a reading of the few policy forms that the template uses (Allow, a table's ARN, leading keys);
refuses to guess: a form it does not know is an error."""

import fnmatch
import json
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import template


def needs(operation, request):
    """[(action, table, partition key or None)] of one request."""
    if operation == "TransactWriteItems":
        found = []
        for item in request["TransactItems"]:
            (kind, body), = item.items()
            action = "ConditionCheckItem" if kind == "ConditionCheck" else f"{kind}Item"
            found.append((action, body["TableName"], (body.get("Key") or body.get("Item"))["PK"]["S"]))
        return found
    if operation == "TransactGetItems":
        return [("GetItem", i["Get"]["TableName"], i["Get"]["Key"]["PK"]["S"]) for i in request["TransactItems"]]
    if operation == "BatchGetItem":
        return [(operation, table, key["PK"]["S"]) for table, keys in request["RequestItems"].items() for key in keys["Keys"]]
    keys = request.get("Key") or request.get("Item") or {}
    return [(operation, request.get("TableName"), keys["PK"]["S"] if "PK" in keys else None)]


class Grants:
    """The role's statements over two tables of given names."""

    def __init__(self, names):
        self.statements = []
        for statement in template.statements():
            assert statement["Effect"] == "Allow", statement
            resource, attribute = statement["Resource"]["Fn::GetAtt"]
            assert attribute == "Arn", statement
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            keys = None
            if "Condition" in statement:
                (operator, test), = statement["Condition"].items()
                assert operator == "ForAllValues:StringLike" and list(test) == ["dynamodb:LeadingKeys"], statement
                keys = test["dynamodb:LeadingKeys"]
            self.statements.append((statement["Sid"], [a.removeprefix("dynamodb:") for a in actions], names[resource], keys))

    def of(self, action, table, key):
        """The statement that grants it, or None."""
        for sid, actions, granted, keys in self.statements:
            if action in actions and table == granted:
                if keys is None or key is None or any(fnmatch.fnmatchcase(key, pattern) for pattern in keys):
                    return sid
        return None


class Witness:
    """Stands between the function and DynamoDB, passes everything on, and remembers what was asked."""

    def __init__(self, endpoint, grants):
        self.endpoint, self.grants = endpoint, grants
        self.used, self.refused, self.lock, self.requests = set(), set(), threading.Lock(), 0
        witness = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                witness.saw(self.headers["x-amz-target"].split(".")[-1], json.loads(body))
                passed = urllib.request.Request(witness.endpoint, body, {
                    name: self.headers[name] for name in ("content-type", "x-amz-target", "authorization", "x-amz-date") if self.headers[name]})
                try:
                    answer = urllib.request.urlopen(passed, timeout=60)
                except urllib.error.HTTPError as refusal:
                    answer = refusal
                content = answer.read()
                self.send_response(answer.status)
                self.send_header("content-type", answer.headers.get("content-type", "application/x-amz-json-1.0"))
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def saw(self, operation, request):
        found = [(need, self.grants.of(*need)) for need in needs(operation, request)]
        with self.lock:
            self.requests += 1
            for (action, table, key), sid in found:
                if sid is None:
                    self.refused.add((action, table, (key or "").split("#")[0]))
                else:
                    self.used.add((sid, action))

    def close(self):
        self.server.shutdown()
