"""A catalogue entry in words: one sentence a fact, in the reader's language, so that facts can be cited exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date

from corpus.catalogue import Catalogue, Entry
from corpus.labels import paragraph_label

RECORD = "record"
"""What stands in a citation of a catalogue entry where a paragraph's id would stand."""

_WORDS = {
    "en": {
        "adopted": "{title}: adopted on {day}{rest}.",
        "unknown": "{title}: dated {day}{rest}; whether it was adopted is not known.",
        "draft": "{title}: draft of {day}{rest}.",
        "paragraphs": "Numbered paragraphs: {count} ({seen}).",
        "minimum": "Numbered paragraphs: at least {count} ({seen}).",
        "languages": "Languages: {languages}.",
        "subject": "On {subject}: {paragraphs}.",
        "whole": "the whole text",
        "somewhere": "in a paragraph whose number is not known here",
        "document": "counted in the document",
        "official": "as an official page says",
        "copy": "as the press or copies say",
        "memory": "from general knowledge, not checked",
        "label": "Catalogue record: {title}",
    },
    "es": {
        "adopted": "{title}: adopción el {day}{rest}.",
        "unknown": "{title}: con fecha del {day}{rest}; no consta si fue adoptado.",
        "draft": "{title}: proyecto del {day}{rest}.",
        "paragraphs": "Párrafos numerados: {count} ({seen}).",
        "minimum": "Párrafos numerados: al menos {count} ({seen}).",
        "languages": "Idiomas: {languages}.",
        "subject": "Sobre {subject}: {paragraphs}.",
        "whole": "todo el texto",
        "somewhere": "en un párrafo cuyo número no consta aquí",
        "document": "contados en el documento",
        "official": "según una página oficial",
        "copy": "según la prensa o copias",
        "memory": "de conocimiento general, sin comprobar",
        "label": "Ficha del catálogo: {title}",
    },
    "pt": {
        "adopted": "{title}: adoção em {day}{rest}.",
        "unknown": "{title}: com data de {day}{rest}; não consta se foi adotado.",
        "draft": "{title}: projeto de {day}{rest}.",
        "paragraphs": "Parágrafos numerados: {count} ({seen}).",
        "minimum": "Parágrafos numerados: pelo menos {count} ({seen}).",
        "languages": "Idiomas: {languages}.",
        "subject": "Sobre {subject}: {paragraphs}.",
        "whole": "todo o texto",
        "somewhere": "num parágrafo cujo número não consta aqui",
        "document": "contados no documento",
        "official": "segundo uma página oficial",
        "copy": "segundo a imprensa ou cópias",
        "memory": "de conhecimento geral, não verificado",
        "label": "Ficha do catálogo: {title}",
    },
    "fr": {
        "adopted": "{title} : adoption le {day}{rest}.",
        "unknown": "{title} : en date du {day}{rest} ; on ne sait pas ici si le texte a été adopté.",
        "draft": "{title} : projet du {day}{rest}.",
        "paragraphs": "Paragraphes numérotés : {count} ({seen}).",
        "minimum": "Paragraphes numérotés : au moins {count} ({seen}).",
        "languages": "Langues : {languages}.",
        "subject": "Sur {subject} : {paragraphs}.",
        "whole": "tout le texte",
        "somewhere": "dans un paragraphe dont le numéro n'est pas connu ici",
        "document": "comptés dans le document",
        "official": "selon une page officielle",
        "copy": "selon la presse ou des copies",
        "memory": "de connaissance générale, non vérifié",
        "label": "Notice du catalogue : {title}",
    },
}


@dataclass(frozen=True, slots=True)
class Record:
    """An entry in words.

    Attributes:
        entry: Its id.
        language: Of the words.
        label: What it is called, visibly not a paragraph.
        adoption: Sentence with title, day, place and meeting.
        count: Sentence with the number of paragraphs, empty where unknown.
        subjects: Sentence per subject.
        text: All sentences; each of the others is a substring of it.
    """

    entry: str
    language: str
    label: str
    adoption: str
    count: str
    subjects: Mapping[str, str]
    text: str

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def record_of(catalogue: Catalogue, entry: Entry, language: str) -> Record:
    """Write an entry in a reader's language, English where there are no words for it."""
    code = language if language in _WORDS else "en"
    words = _WORDS[code]
    adoption = _adoption(catalogue, entry, code)
    count = ""
    if entry.paragraphs:
        key = "minimum" if entry.paragraphs.is_minimum else "paragraphs"
        count = words[key].format(count=entry.paragraphs.count, seen=words[entry.paragraphs.seen])
    subjects = {key: _subject(catalogue, entry, key, code) for key in entry.subjects}
    names = Locale.parse(code).languages
    tongues = ", ".join(names.get(tongue, tongue) for tongue in entry.languages)
    sentences = [adoption, count, words["languages"].format(languages=tongues) if tongues else "", *subjects.values()]
    return Record(
        entry=entry.id,
        language=code,
        label=words["label"].format(title=entry.title(code)),
        adoption=adoption,
        count=count,
        subjects=subjects,
        text=" ".join(sentence for sentence in sentences if sentence),
    )


def _adoption(catalogue: Catalogue, entry: Entry, language: str) -> str:
    day = format_date(entry.date, "d MMMM y" if language == "en" else "long", locale=language)
    where = (catalogue.place_name(entry, language), catalogue.event_name(entry, language))
    rest = "".join(f", {part}" for part in where if part)
    return _WORDS[language][entry.status].format(title=entry.title(language), day=day, rest=rest)


def _subject(catalogue: Catalogue, entry: Entry, subject: str, language: str) -> str:
    words = _WORDS[language]
    found = entry.subjects[subject]
    if found == "whole":
        where = words["whole"]
    else:
        where = ", ".join(paragraph_label(paragraph, language) for paragraph in found) or words["somewhere"]
    return words["subject"].format(subject=catalogue.subjects[subject][language][0], paragraphs=where)
