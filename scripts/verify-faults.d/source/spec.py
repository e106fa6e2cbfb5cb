"""The specification."""

import sys

from messages import emit
from switches import on


def spec():
    token = {"type": "string", "title": "Token", "airbyte_secret": True, "order": 0}
    properties = {
        "token": token,
        "account": {"type": "string", "order": 1},
        "pages": {"type": "integer", "default": 3, "minimum": 1},
        "login": {
            "type": "object",
            "oneOf": [
                {"type": "object", "properties": {"kind": {"type": "string", "const": "key"}, "note": {"type": "string"}}},
                {"type": "object", "properties": {"kind": {"type": "string", "const": "plain"}}},
            ],
        },
    }
    specification = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "title": "Fake",
                     "required": ["token", "account"], "additionalProperties": True, "properties": properties}
    if on("unmarked-secret"):
        del token["airbyte_secret"]
    if on("spec-type-unknown"):
        properties["pages"]["type"] = "int"
    if on("spec-excludes-config"):
        properties["account"]["type"] = "integer"
    if on("spec-without-type"):
        del specification["type"]
    if on("spec-default-misfits"):
        properties["pages"]["default"] = "three"
    if on("spec-pattern"):
        properties["account"]["pattern"] = "^[0-9]+$"
    if on("spec-closed"):
        specification["additionalProperties"] = False
    if on("orders-alike"):
        properties["pages"]["order"] = 1
    if on("enum-twice"):
        properties["pages"]["enum"] = [3, 5, 3]
    if on("spec-any-of"):
        properties["pages"] = {"anyOf": [{"type": "integer"}, {"type": "number"}], "default": 3}
    if on("requires-the-undeclared"):
        properties["login"]["required"] = ["method"]
    if on("choices-alike"):
        properties["login"]["oneOf"][1]["properties"]["kind"]["const"] = "key"
    answer = {"connectionSpecification": specification, "documentationUrl": "https://example.org/fake"}
    if on("spec-empty"):
        answer = {"documentationUrl": "https://example.org/fake"}
    if on("version-as-number"):
        answer["protocol_version"] = 2
    if on("relative-url"):
        answer["documentationUrl"] = "docs/fake.md"
    emit({"type": "SPEC", "spec": answer})
    if on("two-specs"):
        emit({"type": "SPEC", "spec": answer})
    if on("spec-exit"):
        sys.exit(3)
