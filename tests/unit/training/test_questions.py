from embeddings.training.pairs import Pair
from embeddings.training.questions import cloze_questions


def running(count: int) -> list[Pair]:
    return [
        Pair(
            f"The committee of experts adopted its decision number {n} today.",
            f"El comité de expertos adoptó hoy su decisión número {n}.",
            "es",
            "un_v1_test",
        )
        for n in range(count)
    ]


def test_cloze_asks_in_one_language_for_a_paragraph_in_the_other() -> None:
    questions = cloze_questions(running(60), seed=1, size=10)
    assert len(questions) == 10
    assert all(("comité" in q.text) != ("comité" in q.passage) for q in questions)


def test_cloze_never_joins_two_sources() -> None:
    pairs = [Pair(p.english, p.foreign, "es", "tico19" if n % 2 else "un_crc") for n, p in enumerate(running(60))]
    assert cloze_questions(pairs, seed=1, size=10) == []
