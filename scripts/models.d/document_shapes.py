"""Each conversation fits Onyx's document and access models and LangChain's `Document`; the shapes are written down here."""

from datetime import datetime
from typing import Any

from langchain_core.documents import Document
from onyx_documents import documents, groups
from pydantic import BaseModel, ConfigDict, TypeAdapter


class Strict(BaseModel):
    """No field more, no conversion."""

    model_config = ConfigDict(extra="forbid", strict=True)


class TextSection(Strict):
    """Onyx: a part of a document with its address."""

    text: str
    link: str | None = None


class ExternalAccess(Strict):
    """Onyx: who may read a document at its source."""

    external_user_emails: set[str]
    external_user_group_ids: set[str]
    is_public: bool


class OnyxDocument(Strict):
    """Onyx: what a connector yields, as far as it is filled here."""

    id: str
    source: Any
    semantic_identifier: str
    title: str | None
    sections: list[TextSection]
    metadata: dict[str, str | list[str]]
    doc_updated_at: datetime
    external_access: ExternalAccess


class ExternalUserGroup(Strict):
    """Onyx: a group of the source."""

    id: str
    user_emails: list[str]


def check_documents(models, index):
    """Every conversation, every group, every LangChain document."""
    told = TypeAdapter(list[OnyxDocument]).validate_python(list(documents(models)))
    known = TypeAdapter(list[ExternalUserGroup]).validate_python(groups(models))
    assert told and len({document.id for document in told}) == len(told)
    assert all(document.doc_updated_at.tzinfo for document in told) and known
    user = models("select user_id from access_groups group by user_id order by count(*) desc, user_id limit 1")[0][0]
    texts = index.readable(user)
    for text, link, details in texts:
        Document(page_content=text, metadata={"source": link, **details})
    print(f"{len(told)} conversations and {len(known)} groups as Onyx has them, {len(texts)} as LangChain has them")
