"""moto's DynamoDB on a free port of this machine, for the store's tests: prints its address, ends with its input.

It answers one request at a time, for moto keeps nothing apart that runs side by side."""

import copy
import logging
import sys
import threading
import types
from collections import defaultdict

from moto.dynamodb import models
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


class ShallowCopy:
    """Before a transaction moto copies the whole table once for each action. A copy tells as much whose rows are the
    table's own but for those that the transaction names, and costs a tenth or less."""

    def __init__(self):
        self.named, self.copied = [], {}
        self.transact = models.DynamoDBBackend.transact_write_items
        models.DynamoDBBackend.transact_write_items = lambda backend, items: self.begin(backend, items)
        models.copy = types.SimpleNamespace(deepcopy=self.deepcopy)

    def begin(self, backend, items):
        self.named = [next(iter(item.values())) for item in items]
        self.copied.clear()
        return self.transact(backend, items)

    def deepcopy(self, thing):
        if not isinstance(thing, Table):
            return copy.deepcopy(thing)
        if id(thing) not in self.copied:
            self.copied[id(thing)] = self.of_table(thing)
        return self.copied[id(thing)]

    def of_table(self, table):
        kept = copy.copy(table)
        kept.items = defaultdict(dict, {partition: dict(rows) for partition, rows in table.items.items()})
        for action in self.named:
            if action["TableName"] != table.name:
                continue
            key = action.get("Key") or action["Item"]
            partition, row = (DynamoType(key[name]) for name in (table.hash_key_attr, table.range_key_attr))
            if partition in table.items and row in table.items[partition]:
                kept.items[partition][row] = copy.deepcopy(table.items[partition][row])
        return kept


def serve():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


# moto reads an update's terms by recursion, some calls a term, and the largest ballots have 300 terms.
sys.setrecursionlimit(20_000)
threading.stack_size(256 * 1024 * 1024)
ShallowCopy()
threading.Thread(target=serve, daemon=True).start()
sys.stdin.read()
