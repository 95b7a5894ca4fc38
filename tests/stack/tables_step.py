"""The journey against two `pingyi serve --tables` beside each other, on one database that both reach by DynamoDB's protocol
alone: the embedded engine behind a socket, as for the function, because moto is too slow for the journey's crowd (the
`store` step holds the store against it). Evidence is in moto's S3. A proxy sends each request to the other server than the one before, so whatever one of them kept to
itself would be missing at the next."""

import http.client
import itertools
import secrets
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bucket import Bucket
from checks import Checks
from served import Process, build, program
from template import ROOT

check = Checks()
TABLES = "hall-main,hall-box"
# What belongs to a connection and not to a request.
OWN = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "host", "content-length", "x-forwarded-for"}


class Alternating(ThreadingHTTPServer):
    """Sends each request to the next of some servers, and says for whom it asks."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, addresses):
        self.turns = itertools.cycle([urllib.parse.urlsplit(address).netloc for address in addresses])
        self.seen = {}
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        server = next(self.server.turns)
        self.server.seen[server] = self.server.seen.get(server, 0) + 1
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OWN}
        headers["x-forwarded-for"] = self.client_address[0]
        behind = http.client.HTTPConnection(server, timeout=60)
        behind.request(self.command, self.path, body or None, headers)
        answer = behind.getresponse()
        content = answer.read()
        behind.close()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OWN:
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = forward

    def log_message(self, *_):
        pass


def main():
    if not check("pingyi builds", build()):
        check.close()
    password, bucket = secrets.token_hex(8), Bucket("hall-evidence")
    database = Process([program("loopback"), "serve"])
    environment = {
        "PINGYI_ADMIN_PASSWORD": password, "PINGYI_PUBLIC_URL": "", "PINGYI_APP": str(ROOT / "dist"), "PINGYI_BUCKET_FILES": bucket.name,
        "AWS_ENDPOINT_URL_DYNAMODB": database.address, "AWS_ENDPOINT_URL_S3": bucket.address,
        "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    command = [program("pingyi"), "serve", "--addr", "127.0.0.1:0", "--tables", TABLES, "--trusted-proxy", "127.0.0.1/32"]
    servers = []
    try:
        with tempfile.TemporaryDirectory() as home:
            servers = [Process([*command, "--data", Path(home) / str(n)], environment) for n in range(2)]
            check("nothing is written into a folder", not list(Path(home).iterdir()), list(Path(home).iterdir()))
            proxy = Alternating([server.address for server in servers])
            journey = subprocess.run([sys.executable, ROOT / "tests" / "http" / "journey.py", proxy.address, password, "--ballots", "200"])
            check("the journey is told to its end on two servers", journey.returncode == 0)
            check("both took part", len(proxy.seen) == 2 and min(proxy.seen.values()) > 200, proxy.seen)
            check("evidence went to the bucket", any(action == "s3:PutObject" for action, _ in bucket.asked), bucket.asked)
            check("nothing is written into a folder in the end", not list(Path(home).iterdir()), list(Path(home).iterdir()))
            print(f"peak memory: {', '.join(f'{server.peak_memory():.0f} MB' for server in servers)}; requests: {list(proxy.seen.values())}")
            took = [server.end() for server in servers]
            check("SIGTERM ends them within five seconds", all(one is not None and one < 5 for one in took), took)
    finally:
        for server in servers:
            server.process.kill()
        database.process.kill()
    check.close()


if __name__ == "__main__":
    main()
