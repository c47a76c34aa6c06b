"""How long does an ordinal model with a random intercept take, beside ordinal::clmm in R?

5,000 answers in 342 groups, five levels, three predictors, 11 quadrature points on both sides.
Run ``python benchmarks/ordinal.py``; with R and its package ordinal installed both sides run and
the ratio is printed. Ours includes the interval of the spread, which clmm does not give.
"""

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from rodedraad.methods.models import model_data, ordinal_mixed_model

N_ANSWERS, N_GROUPS, SEED, NODES, GOAL_SECONDS = 5000, 342, 20161122, 11, 3.0

PEER = """
suppressMessages(library(ordinal))
d <- read.csv(commandArgs(TRUE)[1])
d$y <- factor(d$y, ordered = TRUE)
d$g <- factor(d$g)
spent <- system.time(m <- clmm(y ~ a + b + c + (1 | g), data = d, nAGQ = {nodes}))
form <- '{{"cpu": %f, "loglik": %.9f, "a": %.9f}}'
cat(sprintf(form, sum(spent[1:2]), c(logLik(m)), coef(m)["a"]))
"""


def answers() -> pl.DataFrame:
    rng = np.random.default_rng(SEED)
    group = rng.integers(0, N_GROUPS, N_ANSWERS)
    x = rng.normal(size=(N_ANSWERS, 3))
    latent = x @ [0.5, -0.3, 0.2] + rng.normal(size=N_GROUPS)[group]
    level = np.digitize(latent + rng.logistic(size=N_ANSWERS), [-2, -0.7, 0.7, 2]) + 1
    return pl.DataFrame({"y": level, "a": x[:, 0], "b": x[:, 1], "c": x[:, 2], "g": group})


def ours(frame: pl.DataFrame) -> dict[str, float]:
    started, wall = time.process_time(), time.perf_counter()
    data = model_data(frame, outcome="y", predictors=["a", "b", "c"], group="g", ordered=True)
    model = ordinal_mixed_model(data, nodes=NODES)
    return {
        "cpu": time.process_time() - started,
        "wall": time.perf_counter() - wall,
        "loglik": model.log_likelihood,
        "a": model.coefficient("a").estimate,
    }


def peer(frame: pl.DataFrame) -> dict[str, float] | None:
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "answers.csv", Path(folder) / "peer.R"
        frame.write_csv(file)
        script.write_text(PEER.format(nodes=NODES), encoding="utf-8")
        done = subprocess.run(
            ["Rscript", str(script), str(file)], capture_output=True, text=True, check=False
        )
    return json.loads(done.stdout) if done.returncode == 0 else None


def main() -> None:
    frame = answers()
    mine = ours(frame)
    print(f"ours: {mine['cpu']:.2f} s CPU ({mine['wall']:.2f} s), goal {GOAL_SECONDS:g} s")
    print(f"      log-likelihood {mine['loglik']:.6f}, a {mine['a']:.6f}")
    theirs = peer(frame)
    if theirs is None:
        print("R with the package ordinal is not installed: no comparison.")
        return
    print(f"clmm: {theirs['cpu']:.2f} s CPU")
    print(f"      log-likelihood {theirs['loglik']:.6f}, a {theirs['a']:.6f}")
    print(f"ratio: {theirs['cpu'] / mine['cpu']:.1f} times as fast")


if __name__ == "__main__":
    main()
