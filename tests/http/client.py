"""A plain HTTP client for the API: one persistent connection, one cookie jar, JSON in and out.

Owns: requests as the API's pages describe them. Knows nothing of the server's code."""

import http.client
import json
import socket
import urllib.parse


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def code(self):
        """The error code, or None."""
        return self.json.get("code") if isinstance(self.json, dict) else None

    @property
    def fields(self):
        """`fields` of an error as (path, code) pairs."""
        found = self.json.get("fields") if isinstance(self.json, dict) else None
        return [(field.get("path"), field.get("code")) for field in found or []]

    def __repr__(self):
        return f"{self.status} {self.body[:600].decode('utf-8', 'replace')}"


class Client:
    """One caller: a browser or an office. Not shared between threads."""

    def __init__(self, base):
        parts = urllib.parse.urlsplit(base)
        self.host, self.port, self.prefix = parts.hostname, parts.port, parts.path.rstrip("/")
        self.cookies = {}
        self.connection = None

    def another(self):
        """A caller without this one's session."""
        caller = Client.__new__(Client)
        caller.host, caller.port, caller.prefix = self.host, self.port, self.prefix
        caller.cookies, caller.connection = {}, None
        return caller

    def send(self, method, path, body=None, headers=None, raw=None):
        """Sends `body` as JSON, or `raw` bytes as they are. A connection that the server has closed
        between two requests is opened anew, once."""
        sent = {"accept": "application/json", **(headers or {})}
        data = raw
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
        if data is not None:
            sent.setdefault("content-type", "application/json")
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
            try:
                self.connection.request(method, self.prefix + path, data, sent)
                response = self.connection.getresponse()
                content = response.read()
                break
            except (http.client.HTTPException, ConnectionError, socket.timeout):
                self.connection.close()
                self.connection = None
                if fresh or attempt == 2:
                    raise
        for line in response.headers.get_all("set-cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            if "max-age=0" in line.lower().replace(" ", "") or not value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return Answer(response.status, response.headers, content)

    def get(self, path, **more):
        return self.send("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.send("POST", path, body, **more)

    def put(self, path, body=None, **more):
        return self.send("PUT", path, body, **more)

    def delete(self, path, body=None, **more):
        return self.send("DELETE", path, body, **more)

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None


def close_plan(caller, path):
    """Closes a plan. A call works for some seconds and says how far it has come; it is repeated until it is done, unless it
    waits for a second person."""
    for _ in range(60):
        answer = caller.post(f"{path}/close", {})
        if answer.status != 202 or (answer.json or {}).get("waiting"):
            break
    return answer
