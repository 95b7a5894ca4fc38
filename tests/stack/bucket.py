"""moto's S3 on a free port, with one empty bucket, and what was asked of it."""

import logging
import threading

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

# What the function may need a right for. Anything else shows by its own name.
ACTIONS = {"PUT": "s3:PutObject", "GET": "s3:GetObject"}


class Bucket:
    """A bucket of a name. `asked` has (action, key) of every request that did not come from this object itself."""

    def __init__(self, name):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.name, self.asked, self.answers = name, [], True
        self.server = make_server("127.0.0.1", 0, self.watch(DomainDispatcherApplication(create_backend_app)), threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.client = boto3.client("s3", endpoint_url=self.address, region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test")
        self.client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        self.asked.clear()

    def watch(self, application):
        def answer(environment, start):
            if not self.answers:
                start("503 Slow Down", [("content-length", "0")])
                return [b""]
            method, path = environment["REQUEST_METHOD"], environment["PATH_INFO"]
            bucket, _, key = path.lstrip("/").partition("/")
            if bucket == self.name and "boto3" not in environment.get("HTTP_USER_AGENT", "").lower():
                action = ACTIONS.get(method) if key and not environment.get("QUERY_STRING", "").startswith("list") else None
                self.asked.append((action or f"{method} {path}", key))
            return application(environment, start)
        return answer

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def keys(self):
        return [item["Key"] for item in self.client.list_objects_v2(Bucket=self.name).get("Contents", [])]

    def close(self):
        self.server.shutdown()
