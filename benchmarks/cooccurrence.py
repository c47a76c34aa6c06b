"""How long does it take to see which codes overlap, beside comparing every pair of codings?

Run: python benchmarks/cooccurrence.py [--codings 20000] [--codes 200] [--texts 10] [--rounds 5]

Codings by lot, dense: thousands in each text. The peer is the straightforward way: compare each
coding with every other one in the same text, in plain Python. Both must find the same codes
together. The goal is 1 s. QualCoder, with a query for each pair, took 105 s on such data (measured
apart, not here).
"""

import argparse
import time
from collections import defaultdict
from itertools import combinations

import numpy as np

from rodedraad.methods.cooccurrence import cooccurrence_by_overlap

GOAL = 1.0


def pairwise(rows: list[tuple[int, int, int, int]], n_codes: int) -> np.ndarray:
    """Return which codes overlap somewhere, coding by coding."""
    by_text = defaultdict(list)
    for code, text, start, end in rows:
        by_text[text].append((start, end, code))
    found = np.zeros((n_codes, n_codes), dtype=bool)
    for codings in by_text.values():
        for (start, end, code), (start_other, end_other, other) in combinations(codings, 2):
            if start < end_other and start_other < end:
                found[code, other] = found[other, code] = True
    return found


def main() -> None:
    """Make codings by lot, time both, and compare what they found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codings", type=int, default=20_000)
    parser.add_argument("--codes", type=int, default=200)
    parser.add_argument("--texts", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    lot = np.random.default_rng(20)
    code = lot.integers(0, asked.codes, asked.codings)
    text = lot.integers(0, asked.texts, asked.codings)
    start = lot.integers(0, 29_000, asked.codings)
    end = start + lot.integers(10, 1_000, asked.codings)
    times = []
    for _ in range(asked.rounds):
        begun = time.perf_counter()
        found = cooccurrence_by_overlap(code, text, start, end, n_codes=asked.codes)
        times.append(time.perf_counter() - begun)
    rows = list(zip(*(each.tolist() for each in (code, text, start, end)), strict=True))
    begun = time.perf_counter()
    slow = pairwise(rows, asked.codes)
    peer = time.perf_counter() - begun
    apart = ~np.eye(asked.codes, dtype=bool)
    if not ((found.together > 0)[apart] == slow[apart]).all():
        raise SystemExit("The two ways do not find the same codes together.")
    middle = sorted(times)[len(times) // 2]
    print(f"{asked.codings} codings, {asked.codes} codes, {asked.texts} texts")
    print(f"sweep: runs, characters and Jaccard   {middle:7.3f} s (middle of {asked.rounds})")
    print(f"every pair of codings, yes or no only {peer:7.3f} s, {peer / middle:.1f} times as long")
    print(f"goal {GOAL} s: {'reached' if middle <= GOAL else 'not reached'}")


if __name__ == "__main__":
    main()
