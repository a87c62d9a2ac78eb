"""`python -m embeddings.training`: train, export and measure our encoder."""

import json
from pathlib import Path
from typing import Annotated

import typer

RUNS = Path(__file__).parent / "runs"
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Data = Annotated[Path, typer.Option(help="Holds parallel/, dict/ and qa/.")]


@app.command()
def train(
    data: Data = Path("../shared/data"),
    work: Annotated[Path | None, typer.Option(help="For checkpoints and results; a run there is gone on from.")] = None,
    *,
    small: Annotated[bool, typer.Option("--small", help="On toy data, in a minute or two.")] = False,
) -> None:
    """Train and export an encoder: what is shipped (hours on a CPU, resumable), or a small one to try the recipe."""
    from embeddings.encoder import OnnxEncoder
    from embeddings.training.pipeline import FULL, SMALL, run
    from embeddings.training.toy import write_toy_data

    work = work or RUNS / ("small" if small else "full")
    if small:
        data = work / "data"
        write_toy_data(data, seed=7)
    elif not (data / "parallel").is_dir():
        raise typer.BadParameter(f"no parallel texts in {data}; name the data folder with --data, or try --small")
    history = run(data, work, SMALL if small else FULL)
    if history:
        print(f"loss {history[0]:.3f} -> {history[-1]:.3f}")
    shape = OnnxEncoder(work / "model").encode(["paz", "peace"]).shape
    print(f"{work / 'model'} loads and gives vectors {shape}")


@app.command()
def reader(
    student: Annotated[Path, typer.Argument(help="Folder of the trained encoder's body: .../retrieval/student.")],
    data: Data = Path("../shared/data"),
    work: Annotated[Path | None, typer.Option(help="For the result.")] = None,
    minutes: Annotated[float, typer.Option(help="Budget of time.")] = 60,
) -> None:
    """Train, calibrate and export the reader of evidence."""
    from embeddings.reader import Reader
    from embeddings.training.reader.pipeline import run as run_reader
    from embeddings.training.reader.train import ReaderRecipe

    folder = run_reader(data, student, work or RUNS / "reader", ReaderRecipe(minutes=minutes))
    print(f"{folder} loads: {Reader(folder).entailment([('It is open.', 'It is not open.')])}")


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


@app.command()
def opposites(
    wordnet: Annotated[Path, typer.Option(help="Holds data.noun and so on.")] = Path("/usr/share/wordnet"),
) -> None:
    """Write the table of opposites from WordNet 3.0 (Debian's package wordnet-base)."""
    from embeddings.lexicon import load_lexicon
    from embeddings.opposites import OPPOSITES
    from embeddings.training.opposites import write_opposites

    print(f"{write_opposites(wordnet, OPPOSITES, load_lexicon().vocabulary('en'))} words have opposites")


if __name__ == "__main__":
    app()
