import onnx
import pytest
import torch
from onnx import TensorProto, helper

from embeddings.training.distil import Recipe, loss, schedule
from embeddings.training.export import halve
from embeddings.training.teacher import padded, pooled

RECIPE = Recipe(pieces=1, minutes=1)


def test_loss_is_least_where_the_vectors_agree() -> None:
    wanted, targets = torch.eye(4), torch.arange(4)
    assert loss(wanted, wanted, targets, RECIPE) < loss(wanted.roll(1, 0), wanted, targets, RECIPE)


def test_loss_does_not_contrast_a_text_with_itself() -> None:
    wanted = torch.eye(4)[[0, 0, 1]]
    assert loss(wanted, wanted, torch.tensor([5, 5, 6]), RECIPE) < 1e-6


def test_schedule_rises_and_falls_to_nothing() -> None:
    rates = [schedule(share, 0.1) for share in (0.0, 0.05, 0.1, 0.5, 1.0)]
    assert rates[0] < rates[1] < rates[2] > rates[3] > rates[4] == 0.0


def test_pooled_ignores_padding() -> None:
    states = torch.tensor([[[3.0, 4.0], [9.0, -9.0]]])
    assert torch.allclose(pooled(states, torch.tensor([[1, 0]])), torch.tensor([[0.6, 0.8]]))


def test_padded_masks_what_it_adds() -> None:
    ids, mask = padded([[5, 6, 7], [5]])
    assert ids.tolist() == [[5, 6, 7], [5, 0, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


@pytest.mark.parametrize(("size", "expected"), [(2048, TensorProto.FLOAT16), (8, TensorProto.FLOAT)])
def test_halve_stores_only_large_weights_as_float16(size: int, expected: int) -> None:
    weight = helper.make_tensor("w", TensorProto.FLOAT, [size], [0.5] * size)
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [size])
    graph = helper.make_graph([helper.make_node("Identity", ["w"], ["y"])], "g", [], [output], [weight])
    halve(graph)
    assert graph.initializer[0].data_type == expected
    onnx.checker.check_model(helper.make_model(graph))
