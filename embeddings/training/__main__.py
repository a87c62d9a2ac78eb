"""`python -m embeddings.training`: train, export and measure our encoder."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Data = Annotated[Path, typer.Option(help="Holds parallel/, dict/ and qa/.")]
Work = Annotated[Path, typer.Option(help="For checkpoints and results; a run there is gone on from.")]


@app.command()
def small(work: Work = Path("build/train-small")) -> None:
    """Train on toy data for a minute or two: shows that the loss falls and the artefact loads."""
    from embeddings.encoder import OnnxEncoder
    from embeddings.training.pipeline import SMALL, run
    from embeddings.training.toy import write_toy_data

    write_toy_data(work / "data", seed=7)
    history = run(work / "data", work, SMALL)
    shape = OnnxEncoder(work / "model").encode(["paz", "peace"]).shape
    print(f"loss {history[0]:.3f} -> {history[-1]:.3f}; {work / 'model'} loads and gives {shape}" if history else work)


@app.command()
def full(data: Data = Path("../shared/data"), work: Work = Path("build/train-full")) -> None:
    """Train what is shipped; hours on a CPU, resumable."""
    from embeddings.training.pipeline import FULL, run

    run(data, work, FULL)


@app.command()
def benchmark(
    models: Annotated[list[Path], typer.Argument(help="Folders of exported models.")],
    data: Data = Path("../shared/data"),
    output: Annotated[Path | None, typer.Option(help="JSON of all figures.")] = None,
    seed: int = 7,
) -> None:
    """Measure exported models beside all-MiniLM-L6-v2 and BM25 on the development sets."""
    from embeddings.training.benchmark import side_by_side, table

    columns = side_by_side(data, models, seed=seed)
    print("\n".join(table(columns)))
    if output:
        output.write_text(json.dumps(columns, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    app()
