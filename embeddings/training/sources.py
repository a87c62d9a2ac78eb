"""Which data may train what we ship, and how much of it.

A source is listed here only if its licence, as stated where it was taken from, allows use and redistribution of
derived work: public domain, CC0, CC BY, CC BY-SA, MIT, BSD, Apache, MPL, official texts free with attribution.
Left out: no-derivatives and non-commercial licences, unstated or doubtful ones, and software texts under GPL/AGPL.
"""

from dataclasses import dataclass

LANGUAGES = ("es", "pt", "fr")


@dataclass(frozen=True, slots=True)
class Source:
    """One parallel source.

    Attributes:
        licence: As stated by the publisher.
        weight: Mean number of times a pair is seen in one pass of the distillation.
        is_running_text: Its lines follow one another, so neighbours can be joined into long inputs.
    """

    licence: str
    weight: float = 1.0
    is_running_text: bool = False


PARALLEL = {
    "anki_manythings": Source("CC BY 2.0 FR (Tatoeba)", 0.8),
    "tatoeba_opusmt_test": Source("CC BY 2.0 FR (Tatoeba)", 1.5),
    "europarl_v7_subset_cs124": Source(
        "no known copyright restrictions (European Parliament)", 1.5, is_running_text=True
    ),
    "un_v1_test": Source("free with attribution (UN Parallel Corpus v1.0)", 4.0, is_running_text=True),
    "un_crc": Source("official UN text", 4.0, is_running_text=True),
    "sdg_goals_targets_indicators": Source("MIT; official UN wording", 3.0),
    "ntrex_spa": Source("CC BY-SA 4.0", 2.0, is_running_text=True),
    "ntrex_spa-MX": Source("CC BY-SA 4.0", 2.0, is_running_text=True),
    "ntrex_por": Source("CC BY-SA 4.0", 2.5, is_running_text=True),
    "ntrex_por-BR": Source("CC BY-SA 4.0", 2.5, is_running_text=True),
    "ntrex_fra": Source("CC BY-SA 4.0", 2.0, is_running_text=True),
    "ntrex_fra-CA": Source("CC BY-SA 4.0", 2.0, is_running_text=True),
    "tico19": Source("CC0 1.0", 2.0, is_running_text=True),
    "pira": Source("CC BY 4.0", 2.5),
    "stsb_multi_mt": Source("CC BY-SA 4.0", 1.0),
    "mgsm": Source("CC BY-SA 4.0", 1.0),
    "esco_labels": Source("free with attribution (European Union)", 0.5),
    "eu_eforms_procurement": Source("CC BY 4.0 (European Union)", 0.5),
    "open_contracting": Source("Apache-2.0 / CC BY", 1.0, is_running_text=True),
    "beneficial_ownership": Source("CC BY 4.0", 1.0, is_running_text=True),
    "cc_legalcode": Source("CC0", 2.0, is_running_text=True),
    "mozilla_legal": Source("CC BY-SA", 2.0, is_running_text=True),
    "mozilla_www": Source("MPL-2.0", 1.0),
    "contributor_covenant": Source("CC BY 4.0", 2.0, is_running_text=True),
    "opensource_guide": Source("CC BY 4.0", 2.0, is_running_text=True),
    "okfn_open_data_handbook": Source("CC BY 4.0", 2.0, is_running_text=True),
    "umbrella_security": Source("CC BY-SA 4.0", 1.0, is_running_text=True),
    "unicef_etools": Source("Apache-2.0", 0.5),
    "openehr_archetypes": Source("CC BY-SA 4.0", 0.5),
    "bitcoin_org": Source("MIT", 0.5),
    "owasp_top10": Source("CC BY-SA 4.0", 0.5, is_running_text=True),
    "dspace_ui": Source("BSD-3-Clause", 0.3),
    "tldr_pages": Source("CC BY 4.0", 0.2),
    "react_docs": Source("CC BY 4.0", 0.4, is_running_text=True),
    "electron_docs": Source("MIT", 0.2, is_running_text=True),
    "mdn_opus_sample": Source("CC BY-SA 2.5", 0.2, is_running_text=True),
    "gnome_user_docs": Source("CC BY-SA 3.0", 0.5, is_running_text=True),
    "python_docs": Source("PSF / CC0", 0.35, is_running_text=True),
    "django_docs": Source("BSD-3-Clause", 0.3, is_running_text=True),
    "php_docs": Source("CC BY 3.0", 0.25, is_running_text=True),
    "bible_bsb_SpaRV1865": Source("CC0 / public domain", 0.2, is_running_text=True),
    "bible_bsb_PorBLivre": Source("CC0 / CC BY 3.0 BR", 0.35, is_running_text=True),
    "bible_bsb_FreSynodale1921": Source("CC0 / public domain", 0.2, is_running_text=True),
}

LANGUAGE_WEIGHT = {"es": 1.0, "pt": 1.6, "fr": 0.9}
"""Portuguese is thin in the data."""

DICTIONARIES = {
    "eurovoc": "free with attribution (European Union)",
    "esco": "free with attribution (European Union)",
    "cldr_territories": "Unicode licence",
    "cldr_languages": "Unicode licence",
    "wiktionary_en-xx": "CC BY-SA 3.0",
    "wiktionary_xx-en": "CC BY-SA 3.0",
    "gemet": "CC BY 2.5 DK",
    "translation4tru_wordforms": "MIT",
}
"""Word and term lists that may feed the lexicon; WOLF, FreeDict (GPL) and ODbL lists are left out."""
DICTIONARIES_BY_LANGUAGE = {"fr": frozenset(DICTIONARIES) - {"translation4tru_wordforms"}}
"""The French word forms come from noisy vectors: left out."""

QUESTIONS = {
    "clapnq_en": "Apache-2.0",
    "piaf_fr": "MIT / Licence Ouverte",
    "faquad_pt": "CC BY 4.0",
    "squad_pt_sample": "MIT; SQuAD CC BY-SA 4.0",
}
"""Question-passage sets that train the retrieval stage; SQuAD-es (XQuAD's articles) and Pirá only measure it."""

WRITTEN = {"written": "our own; on official UN documents"}
"""Questions and claims written for training, see `written.py`."""
