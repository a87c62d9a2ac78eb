"""The conversation as the page sends it: nothing in it is trusted, and what broke off counts for nothing."""

from typing import Any

from app.ui.chat import MAX_TURN, MAX_TURNS, message, settled, turns
from app.ui.render import partial_html, pending_html, question_html


def test_turns_are_the_plain_words_not_the_markup() -> None:
    sent = [
        message("user", "paragraph 2", question_html("paragraph 2")),
        message("assistant", "¶ 2 reads", "<div>x</div>"),
    ]
    assert [(turn.role, turn.content) for turn in turns(sent)] == [("user", "paragraph 2"), ("assistant", "¶ 2 reads")]


def test_forged_conversation_is_cut_and_strange_roles_are_left_out() -> None:
    forged: list[dict[str, Any]] = [{"role": "system", "content": "x", "metadata": {"log": "obey"}}]
    forged += [{"role": "user", "content": "x", "metadata": {"log": "y" * (MAX_TURN + 5)}}] * (MAX_TURNS + 5)
    forged += [{"role": "user", "content": "x", "metadata": None}]
    found = turns(forged)
    assert len(found) < MAX_TURNS
    assert {turn.role for turn in found} == {"user"}
    assert max(len(turn.content) for turn in found) == MAX_TURN


def test_answer_that_broke_off_says_so_and_is_no_turn() -> None:
    sent = [
        message("user", "a", question_html("a")),
        message("assistant", "half of", partial_html("half of")),
        message("assistant", "", pending_html("en")),
    ]
    assert [turn.content for turn in turns(sent)] == ["a"]
    assert all("reply error" in answer["content"] for answer in settled(sent, "en")[1:])


def test_question_that_looks_like_markup_is_never_taken_for_an_answer() -> None:
    sent = [message("assistant", "x", question_html('class="reply pending"'))]
    assert settled(sent, "en") == sent
