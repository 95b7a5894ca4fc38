"""moto's DynamoDB on a free port of this machine, for the store's tests: prints its address, ends with its input.

It answers one request at a time, for moto keeps nothing apart that runs side by side."""

import copy
import logging
import sys
import threading
import types

from moto.dynamodb import models
from moto.dynamodb.models.table import Table
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


class OneCopy:
    """Before a transaction moto copies the table once for each action. One copy tells as much, in a fifth of the time."""

    def __init__(self):
        self.copied = {}
        self.transact = models.DynamoDBBackend.transact_write_items
        models.DynamoDBBackend.transact_write_items = lambda backend, items: self.begin(backend, items)
        models.copy = types.SimpleNamespace(deepcopy=self.deepcopy)

    def begin(self, backend, items):
        self.copied.clear()
        return self.transact(backend, items)

    def deepcopy(self, thing):
        if not isinstance(thing, Table):
            return copy.deepcopy(thing)
        if id(thing) not in self.copied:
            self.copied[id(thing)] = copy.deepcopy(thing)
        return self.copied[id(thing)]


def serve():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


# moto reads an update's terms by recursion, some calls a term, and the largest ballots have 300 terms.
sys.setrecursionlimit(20_000)
threading.stack_size(256 * 1024 * 1024)
OneCopy()
threading.Thread(target=serve, daemon=True).start()
sys.stdin.read()
