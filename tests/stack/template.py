"""The stack's template as data."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PATH = ROOT / "infra" / "template.yaml"


class Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms: `!Ref x` as {"Ref": "x"}, `!Sub x` as {"Fn::Sub": "x"}."""


def short_form(loader, tag, node):
    name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return {name: value.split(".", 1) if tag == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


Loader.add_multi_constructor("!", short_form)


def load():
    return yaml.load(PATH.read_text(), Loader)


def resource(name):
    return load()["Resources"][name]


def tables():
    """{"MainTable": properties, "BoxTable": properties}"""
    return {name: r["Properties"] for name, r in load()["Resources"].items() if r["Type"] == "AWS::DynamoDB::Table"}


def statements():
    """What the function's role may do to the tables."""
    policies = resource("HttpRole")["Properties"]["Policies"]
    return next(p for p in policies if p["PolicyName"] == "tables")["PolicyDocument"]["Statement"]


def file_actions():
    """What the function's role may do to the files in the bucket of evidence, and to nothing else there."""
    policies = resource("HttpRole")["Properties"]["Policies"]
    statement, = next(p for p in policies if p["PolicyName"] == "files")["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Allow" and statement["Resource"] == {"Fn::Sub": "${Evidence.Arn}/*"}, statement
    return statement["Action"]
