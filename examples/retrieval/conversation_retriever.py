"""The index as a LangChain retriever of one person."""

from typing import Any, Literal

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever


class ConversationRetriever(BaseRetriever):
    """What `user_id` may read that fits a question. Make one for each person who asks; never share one."""

    index: Any
    user_id: str
    by: Literal["words", "meaning"] = "words"
    count: int = 5

    def _get_relevant_documents(self, query, *, run_manager):
        search = self.index.search_words if self.by == "words" else self.index.search_meaning
        return [
            Document(page_content=text, metadata={"source": permalink, **details})
            for text, permalink, details in search(query, self.user_id, self.count)
        ]
