"""Conversations and groups in the shape of Onyx's models `Document` and `ExternalUserGroup` (its release of autumn 2026)."""

import json
from datetime import timezone

COLUMNS = """
    conversation_id, kind, room_name, room_kind, text, permalink, last_changed_at, participants, access_group
"""


def documents(models):
    """A document for each conversation with text; `models(sql)` brings rows."""
    for key, kind, room, room_kind, text, link, changed, people, group in models(
        f"select {COLUMNS} from conversations where text is not null"
    ):
        yield {
            "id": key,
            "source": None,
            "semantic_identifier": f"{room or 'a room that is gone'}: {text.splitlines()[0][:80] if text else kind}",
            # The first line is no title: it would weigh more than the text it begins.
            "title": "",
            "sections": [{"text": text, "link": link}],
            "metadata": {"kind": kind, "room": room or "", "room_kind": room_kind or "", "people": json.loads(people)},
            "doc_updated_at": changed.replace(tzinfo=timezone.utc),
            "external_access": {"external_user_emails": set(), "external_user_group_ids": {group}, "is_public": False},
        }


def groups(models):
    """A group for each room that somebody may read. People without a known address are in none."""
    members = {}
    for group, email in models("select access_group, email from access_groups where email is not null"):
        members.setdefault(group, []).append(email)
    return [{"id": group, "user_emails": sorted(emails)} for group, emails in sorted(members.items())]
