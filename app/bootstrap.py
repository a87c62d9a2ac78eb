"""The only place where the parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from app.chain.catalogue import Records
from app.chain.pipeline import Drafter, ExtractiveDrafter, Pipeline
from app.chain.proof import Proof
from app.chain.shape import Shaper
from app.grammar import grammar
from app.live import live
from app.quotes.check import QuoteChecker
from app.quotes.dictionary import dictionary
from app.schemas import ClaimResult
from app.service import Service
from app.settings import EXTRACTIVE, Settings
from corpus.catalogue import load_catalogue
from corpus.language import detect_language
from corpus.library import Library, open_library
from embeddings.encoder import Encoder, open_encoder
from embeddings.index import current_index, ensure_index
from embeddings.lexicon import load_lexicon
from embeddings.retriever import Retriever

if TYPE_CHECKING:
    from app.claims.check import ClaimChecker

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Services:
    """What a process of the product runs on."""

    service: Service
    settings: Settings
    encoder: Encoder

    @property
    def library(self) -> Library:
        """The texts that the service answers from."""
        return self.service.library


def build(settings: Settings, *, on_progress: Progress | None = None) -> Services:
    """Open the library and the encoder that the settings name, and put the product together.

    Args:
        settings: All choices.
        on_progress: Told how far a first indexing is, in passages.

    Raises:
        TamperedError: A text of the library is not what was added.
        EncoderUnavailableError: The encoder cannot be loaded.
        IndexStaleError: The index is missing or out of date and cannot be rebuilt here.
    """
    library = open_library(settings.data_dir)
    return assemble(settings, library, open_encoder(settings.encoder), on_progress=on_progress)


def build_live(settings: Settings, *, on_progress: Progress | None = None) -> Services:
    """Put the product together like `build`, for a server: texts added or removed meanwhile are noticed.

    Args:
        settings: All choices.
        on_progress: Told how far a first indexing is, in passages.
    """
    first = build(settings, on_progress=on_progress)

    def renew() -> Service:
        return assemble(settings, open_library(settings.data_dir), first.encoder).service

    root = settings.data_dir / "index"
    return replace(first, service=live(first.service, mark=lambda: current_index(root), renew=renew))


def assemble(
    settings: Settings, library: Library, encoder: Encoder, *, on_progress: Progress | None = None
) -> Services:
    """Put the product together over a library and an encoder at hand.

    Args:
        settings: All other choices.
        library: The texts.
        encoder: Finds passages.
        on_progress: Told how far a first indexing is, in passages.
    """
    index = ensure_index(
        library, encoder, settings.data_dir / "index", chroma_url=settings.chroma_url, on_progress=on_progress
    )
    retriever = Retriever(
        index,
        encoder,
        detect_language=detect_language,
        translator=load_lexicon(),
        frame_words=lambda language: grammar(language).frame,
    )
    pipeline = Pipeline(
        library, retriever, drafter=_drafter(settings, library, retriever), records=Records(load_catalogue(), library)
    )
    service = Service(
        library,
        pipeline,
        check_claim=_claim_check(library, retriever, encoder),
        check_quote=QuoteChecker(library, dictionary=dictionary),
    )
    return Services(service=service, settings=settings, encoder=encoder)


def _drafter(settings: Settings, library: Library, retriever: Retriever) -> Drafter:
    """Return what writes answers: the extractive draft, or a language model with it to fall back on."""
    extractive = ExtractiveDrafter(retriever, Shaper(library))
    if settings.llm == EXTRACTIVE:
        return extractive
    from app.chain.written import WrittenDrafter
    from app.llm import Budget, open_model

    return WrittenDrafter(
        open_model(settings.llm, timeout_s=settings.llm_timeout_s, max_tokens=settings.llm_max_tokens),
        name=settings.llm,
        fallback=extractive,
        proof=Proof(translator=load_lexicon(), frame_words=lambda language: grammar(language).frame),
        timeout_s=settings.llm_timeout_s,
        budget=Budget(settings.llm_budget_tokens),
    )


def _claim_check(library: Library, retriever: Retriever, encoder: Encoder) -> Callable[[str], ClaimResult]:
    """Return what checks claims; its tables are read when the first claim comes."""

    @cache
    def checker() -> ClaimChecker:
        from app.claims.align import Aligner
        from app.claims.check import ClaimChecker
        from app.claims.evidence import EvidenceReader
        from embeddings.opposites import load_opposites

        aligner = Aligner(load_lexicon(), load_opposites(), encoder.encode)
        return ClaimChecker(library, retriever, EvidenceReader(library, retriever, aligner, load_lexicon()))

    return lambda claim: checker().check(claim)
