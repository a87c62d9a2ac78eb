"""The retriever in LangChain's form, for chains of other programs. Apart, since LangChain takes long to import."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever


class ParagraphRetriever(BaseRetriever):
    """`Retriever` as LangChain's retriever: one document per paragraph, id `<document>/<paragraph>`."""

    retriever: Any
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        return [
            Document(
                id=hit.passage.paragraph.key,
                page_content=hit.passage.paragraph.text,
                metadata={"hit": hit, "score": hit.score, "rank": hit.rank},
            )
            for hit in self.retriever.search(query, k=self.k)
        ]
