"""The shapes that leave the product: answers, search results, documents, quotations, claims.

One definition for the web page, REST, the OpenAI protocol, MCP, the command line and eval, so that none of
them can say something else. Fields are the public contract: additions are fine, removals are breaking.
"""

from app.schemas.answers import (
    Answer,
    CitationOut,
    Filters,
    Force,
    NearestOut,
    ParallelOut,
    RefusalReason,
    Searched,
    SearchHit,
    SearchResults,
    SentenceOut,
    TranslationOut,
    Turn,
)
from app.schemas.claims import ArticleResult, ArticleSpan, ClaimPart, ClaimResult, ClaimVerdict, Evidence, Stance
from app.schemas.documents import (
    AddressOut,
    CatalogueOut,
    DocumentList,
    DocumentOut,
    DocumentSummary,
    EntryOut,
    ParagraphOut,
    ReferenceOut,
)
from app.schemas.evidence import CitationFormats, PackReport
from app.schemas.quotes import DiffKind, DiffOp, QuoteMatch, QuoteResult, QuoteStatus
from app.schemas.shape import Language, Problem, Shape

__all__ = [
    "AddressOut",
    "Answer",
    "ArticleResult",
    "ArticleSpan",
    "CatalogueOut",
    "CitationFormats",
    "CitationOut",
    "ClaimPart",
    "ClaimResult",
    "ClaimVerdict",
    "DiffKind",
    "DiffOp",
    "DocumentList",
    "DocumentOut",
    "DocumentSummary",
    "EntryOut",
    "Evidence",
    "Filters",
    "Force",
    "Language",
    "NearestOut",
    "PackReport",
    "ParagraphOut",
    "ParallelOut",
    "Problem",
    "QuoteMatch",
    "QuoteResult",
    "QuoteStatus",
    "ReferenceOut",
    "RefusalReason",
    "SearchHit",
    "SearchResults",
    "Searched",
    "SentenceOut",
    "Shape",
    "Stance",
    "TranslationOut",
    "Turn",
]
