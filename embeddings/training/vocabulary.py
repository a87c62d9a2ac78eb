"""The student's vocabulary: the teacher's pieces for Latin script, and new Spanish, Portuguese and French ones.

The teacher's English pieces stay as they are. A new piece that would cut common English words differently is left out.
The row of a new piece starts from the English words it is aligned with, blended with the mean of its old pieces.
"""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from embeddings.training.alignment import Alignment

WHOLE_WORDS = 0.8
ENGLISH_TOLERANCE = 0.05
ALIGNED_SHARE = 0.75
MIN_LINK = 0.2
MIN_COUNT = 3
UNKNOWN = "[UNK]"
_NORMALIZER = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
_PRE_TOKENIZER = pre_tokenizers.BertPreTokenizer()


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words of texts as BERT's tokenizer sees them: lower case, no accents, punctuation apart."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word, _ in _PRE_TOKENIZER.pre_tokenize_str(_NORMALIZER.normalize_str(text)))
    return counts


def is_latin_piece(piece: str) -> bool:
    """Tell whether a piece is worth keeping: special tokens, and all without letters of other scripts."""
    if piece.startswith("[unused"):
        return False
    letters = [c for c in piece.removeprefix("##") if unicodedata.category(c).startswith("L")]
    return all(unicodedata.name(c, "").startswith(("LATIN", "GREEK")) for c in letters)


def new_pieces(
    foreign: Mapping[str, Counter[str]], english: Counter[str], old: Mapping[str, int], *, size: int
) -> list[str]:
    """Choose new pieces: frequent whole words first, then the parts that cut the other words best.

    Args:
        foreign: Word counts by language.
        english: Word counts of English text, to protect.
        old: The teacher's vocabulary.
        size: Number of new pieces.

    Returns:
        Pieces in order of choice, none in `old`, none that recuts more than a trace of English.
    """
    rates: Counter[str] = Counter()
    for counts in foreign.values():
        total = sum(counts.values())
        for word, count in counts.items():
            rates[word] += count / total  # type: ignore[assignment]
    english_total = sum(english.values())
    wanted = [
        word
        for word, rate in rates.most_common()
        if word not in old
        and len(word) > 1
        and word.isalpha()
        and english[word] / english_total <= ENGLISH_TOLERANCE * rate
        and max(counts[word] for counts in foreign.values()) >= MIN_COUNT
    ]
    whole = wanted[: int(size * WHOLE_WORDS)]
    taken = old.keys() | set(whole)
    parts = _parts({word: rate for word, rate in rates.items() if word not in taken}, size)
    chosen = list(dict.fromkeys(whole + [p for p in parts if p not in old]))[: int(size * 1.1)]
    return _harmless(chosen, old, english, rates)[:size]


def _parts(rates: Mapping[str, float], size: int) -> list[str]:
    """Train WordPiece on the rarer words and return its pieces, longest-used first."""
    trainer = trainers.WordPieceTrainer(vocab_size=size, min_frequency=3, special_tokens=[UNKNOWN], show_progress=False)
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    smallest = min(rates.values(), default=1.0)
    repeated = ([word] * min(50, max(1, round(rate / smallest))) for word, rate in rates.items() if word.isalpha())
    tokenizer.train_from_iterator((" ".join(words) for words in repeated), trainer)
    usage: Counter[str] = Counter()
    for word, rate in rates.items():
        for piece in tokenizer.encode(word).tokens:
            usage[piece] += rate  # type: ignore[assignment]
    return [piece for piece, _ in usage.most_common() if piece != UNKNOWN and len(piece.removeprefix("##")) > 1]


def _harmless(
    pieces: Sequence[str], old: Mapping[str, int], english: Counter[str], rates: Mapping[str, float]
) -> list[str]:
    """Leave out the pieces that recut English words, until common English words are cut as before."""
    before = _wordpiece(old)
    kept = list(pieces)
    total = sum(english.values())
    while True:
        after = _wordpiece([*old, *kept])
        harm: Counter[str] = Counter()
        added = set(kept)
        for word, count in english.items():
            tokens = after.encode(word).tokens
            if any(t in added for t in tokens) and tokens != before.encode(word).tokens:
                for token in tokens:
                    if token in added:
                        harm[token] += count
        harmful = {p for p, n in harm.items() if n / total > ENGLISH_TOLERANCE * rates.get(p, 0.0)}
        if not harmful:
            return kept
        kept = [piece for piece in kept if piece not in harmful]


def _wordpiece(pieces: Iterable[str]) -> Tokenizer:
    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    return Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=100))


def extended_tokenizer(teacher: Tokenizer, pieces: Sequence[str]) -> tuple[Tokenizer, list[int]]:
    """Return the student's tokenizer, and for each kept old piece its row in the teacher.

    Args:
        teacher: Its normaliser, template and special tokens are kept; its fixed padding is not.
        pieces: New pieces, which follow the kept old ones.
    """
    spec = json.loads(teacher.to_str())
    old = sorted(spec["model"]["vocab"].items(), key=lambda item: item[1])
    kept = [(piece, row) for piece, row in old if is_latin_piece(piece)]
    ids = {piece: i for i, piece in enumerate([*(piece for piece, _ in kept), *pieces])}
    spec["model"]["vocab"] = ids
    spec["padding"] = spec["truncation"] = None
    for token in spec["added_tokens"]:
        token["id"] = ids[token["content"]]
    for special in spec["post_processor"]["special_tokens"].values():
        special["ids"] = [ids[token] for token in special["tokens"]]
    return Tokenizer.from_str(json.dumps(spec)), [row for _, row in kept]


def initial_rows(
    pieces: Sequence[str], teacher: Tokenizer, rows: NDArray[np.float32], alignments: Iterable[Alignment]
) -> NDArray[np.float32]:
    """Return the first word vectors of new pieces.

    Args:
        pieces: New pieces.
        teacher: Cuts texts into old pieces.
        rows: The teacher's word vectors, (old, dimension).
        alignments: English counterparts of foreign words; languages add up.

    Returns:
        (len(pieces), dimension) float32.
    """
    links = _english_links(set(pieces), alignments)
    english: dict[str, NDArray[np.float32]] = {}
    result = np.empty((len(pieces), rows.shape[1]), dtype=np.float32)
    for i, piece in enumerate(pieces):
        own = _mean_row(piece.removeprefix("##"), teacher, rows)
        counts = links.get(piece)
        if counts:
            for word in counts:
                english.setdefault(word, _mean_row(word, teacher, rows))
            aligned = sum(english[word] * count for word, count in counts.items()) / sum(counts.values())
            own = ALIGNED_SHARE * aligned + (1 - ALIGNED_SHARE) * own
        result[i] = own
    return result


def _english_links(pieces: set[str], alignments: Iterable[Alignment]) -> dict[str, dict[str, float]]:
    links: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for alignment in alignments:
        plain = [_NORMALIZER.normalize_str(word) for word in alignment.foreign]
        is_wanted = np.array([word in pieces for word in plain])
        counts = alignment.counts.tocoo()
        keep = is_wanted[counts.col] & (counts.data > MIN_LINK)
        shares = counts.data[keep] / counts.data.sum()
        for row, column, share in zip(counts.row[keep], counts.col[keep], shares, strict=True):
            links[plain[column]][alignment.english[row]] += float(share)
    return {
        word: {english: count for english, count in counts.items() if count > 0.02 * sum(counts.values())}
        for word, counts in links.items()
    }


def _mean_row(text: str, teacher: Tokenizer, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    ids = teacher.encode(text, add_special_tokens=False).ids
    used = rows[ids]
    mean: NDArray[np.float32] = used.mean(axis=0)
    # A mean of unlike rows is shorter than any of them; the layer norm after it expects the usual length.
    scaled: NDArray[np.float32] = mean * (np.linalg.norm(used, axis=1).mean() / max(float(np.linalg.norm(mean)), 1e-6))
    return scaled
