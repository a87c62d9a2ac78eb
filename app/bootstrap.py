"""The only place where the parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from app.chain.catalogue import Records
from app.chain.pipeline import Drafter, ExtractiveDrafter, Pipeline, Rewrite, Translate
from app.chain.shape import Shaper
from app.evidence.desk import EvidenceDesk
from app.evidence.signature import Signer, open_signer
from app.grammar import grammar
from app.live import live
from app.quotes.check import QuoteChecker
from app.quotes.dictionary import dictionary
from app.quotes.translated import Translated
from app.service import Service
from app.settings import Settings
from corpus.catalogue import load_catalogue
from corpus.language import detect_language
from corpus.library import Library, open_library
from embeddings.build import ensure_index
from embeddings.encoder import Encoder, open_encoder
from embeddings.index import current_index
from embeddings.lexicon import load_lexicon
from embeddings.reader import load_reader
from embeddings.retriever import Retriever

if TYPE_CHECKING:
    from app.claims.check import ClaimChecker
    from app.llm import ModelWriter

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Services:
    """What a process of the product runs on."""

    service: Service
    settings: Settings
    encoder: Encoder
    retriever: Retriever
    writer: ModelWriter | None = None

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
        return assemble(settings, open_library(settings.data_dir), first.encoder, writer=first.writer).service

    root = settings.data_dir / "index"
    return replace(first, service=live(first.service, mark=lambda: current_index(root), renew=renew))


def assemble(
    settings: Settings,
    library: Library,
    encoder: Encoder,
    *,
    writer: ModelWriter | None = None,
    on_progress: Progress | None = None,
) -> Services:
    """Put the product together over a library and an encoder at hand.

    Args:
        settings: All other choices.
        library: The texts.
        encoder: Finds passages.
        writer: A language model at hand, with its budget; by default the one that the settings name is opened.
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
        frame_words=lambda language: grammar(language).asking,
    )
    writer = writer or _writer(settings)
    pipeline = Pipeline(
        library,
        retriever,
        reader=load_reader(),
        records=Records(load_catalogue(), library),
        **_written(settings, library, retriever, writer),
    )
    checker = cache(partial(claim_checker, library, retriever, encoder, writer if "claims" in settings.steps else None))
    service = Service(
        library,
        pipeline,
        check_claim=lambda claim: checker().check(claim),
        check_quote=QuoteChecker(
            library,
            dictionary=dictionary,
            closest=Translated(index.lexical, index.paragraphs, load_lexicon()),
        ),
        evidence=EvidenceDesk(
            library,
            versions={"encoder": encoder.fingerprint},
            settings={"encoder": settings.encoder, "llm": settings.llm},
            sign=_signer(settings),
        ),
    )
    return Services(service=service, settings=settings, encoder=encoder, retriever=retriever, writer=writer)


def _signer(settings: Settings) -> Signer | None:
    """Return what signs evidence packs, None where the settings name no key."""
    if settings.signing_key is None:
        return None
    return open_signer(Path(settings.signing_key.get_secret_value()))


def _writer(settings: Settings) -> ModelWriter | None:
    """Open the language model that the settings name, if any."""
    if not settings.steps:
        return None
    from app.llm import Budget, ModelWriter, Price
    from app.providers import open_model

    return ModelWriter(
        open_model(settings.llm, timeout_s=settings.llm_timeout_s, max_tokens=settings.llm_max_tokens),
        name=settings.llm,
        timeout_s=settings.llm_timeout_s,
        max_tokens=settings.llm_max_tokens,
        budget=Budget(settings.llm_budget_tokens, settings.llm_budget_cost, Price(*settings.prices)),
    )


class _Written(TypedDict, total=False):
    """The steps of the chain that a language model takes over."""

    drafter: Drafter
    rewrite: Rewrite
    translate: Translate


def _written(settings: Settings, library: Library, retriever: Retriever, writer: ModelWriter | None) -> _Written:
    steps = _Written()
    if writer is None:
        return steps
    from app.chain.proof import Proof
    from app.chain.rewrite import Rewriter
    from app.chain.translate import QuoteTranslator
    from app.chain.written import WrittenDrafter

    if "draft" in settings.steps:
        steps["drafter"] = WrittenDrafter(
            writer,
            fallback=ExtractiveDrafter(retriever, Shaper(library)),
            proof=Proof(translator=load_lexicon()),
            show_unverified=settings.show_unverified,
        )
    if "condense" in settings.steps:
        steps["rewrite"] = Rewriter(writer).rewrite
    if "translate" in settings.steps:
        steps["translate"] = QuoteTranslator(writer).translate
    return steps


def claim_checker(
    library: Library, retriever: Retriever, encoder: Encoder, writer: ModelWriter | None = None
) -> ClaimChecker:
    """Return what checks claims, which a language model cuts if there is one; reads its tables."""
    from app.claims.align import Aligner
    from app.claims.check import ClaimChecker
    from app.claims.evidence import EvidenceReader
    from app.claims.split import split_claim
    from app.claims.written_split import WrittenSplitter
    from embeddings.opposites import load_opposites

    aligner = Aligner(load_lexicon(), load_opposites(), encoder.encode)
    reader = EvidenceReader(library, retriever, aligner, load_lexicon())
    split = WrittenSplitter(writer).split if writer else split_claim
    return ClaimChecker(library, retriever, reader, load_reader(), split=split)
