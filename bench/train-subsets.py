"""Trains the sources of the subset task and measures every source on every target.

    python -m venv .venv && .venv/bin/pip install -r bench/peers/requirements.txt
    .venv/bin/python bench/train-subsets.py SHARED

Of each of the 40 DSADS tables (19 activities, 60 windows of each): one source with 6 activities, one with 13, and two
targets with 5, drawn with seed 0. A source is a perceptron (StandardScaler, 128 ReLU, Adam, 60 epochs) trained on 80 %
of its rows by whole segments; the other 20 % give its source accuracy. Truth is the accuracy on all rows of a target;
rows of a class that the source does not know count as wrong. Pairs of one table are left out.

Writes bench/results/subset-plan.json (which activities) and bench/results/subset-truth.csv.
"""

import csv
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SEED = 0
SOURCE_ACTIVITIES = (6, 13)
TARGET_ACTIVITIES = (5, 5)
HELD_OUT = 0.2


def plan_of(tables, activities):
    rng = np.random.default_rng(SEED)

    def draw(kind, counts):
        return [
            {
                "id": f"{table.removeprefix('dsads_')}_{kind}{number}",
                "table": table,
                "activities": sorted(rng.choice(activities, size=count, replace=False).tolist()),
            }
            for table in tables
            for number, count in enumerate(counts)
        ]

    return {"seed": SEED, "sources": draw("s", SOURCE_ACTIVITIES), "targets": draw("t", TARGET_ACTIVITIES)}


def rows_of(frames, part):
    frame = frames[part["table"]]
    chosen = frame[frame["label"].isin(part["activities"])]
    features = chosen.drop(columns=["segment", "label"]).to_numpy(np.float64)
    return np.nan_to_num(features, posinf=0, neginf=0), chosen["label"].to_numpy(), chosen["segment"].to_numpy()


def trained(frames, source, seed):
    features, labels, segments = rows_of(frames, source)
    rng = np.random.default_rng(seed)
    keys = np.char.add(np.char.add(labels.astype(str), "/"), segments.astype(str))
    held = np.isin(keys, [key for key in np.unique(keys) if rng.random() < HELD_OUT])
    network = MLPClassifier((128,), batch_size=32, max_iter=60, early_stopping=False, random_state=seed)
    model = make_pipeline(StandardScaler(), network).fit(features[~held], labels[~held])
    return model, float(np.mean(model.predict(features[held]) == labels[held])), int(held.sum())


def main(shared):
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    files = sorted((Path(shared) / "data" / "har").glob("dsads_*.parquet"))
    frames = {file.stem: pd.read_parquet(file) for file in files}
    activities = sorted(set(frames[files[0].stem]["label"]))
    plan = plan_of([file.stem for file in files], activities)
    with open(results / "subset-truth.csv", "w", newline="") as out:
        truth = csv.writer(out, lineterminator="\n")
        truth.writerow(["source", "target", "accuracy"])
        for number, source in enumerate(plan["sources"]):
            model, accuracy, held = trained(frames, source, SEED + number)
            source["sourceAccuracy"], source["heldOutRows"] = round(accuracy, 5), held
            for target in plan["targets"]:
                if target["table"] == source["table"]:
                    continue
                features, labels, _ = rows_of(frames, target)
                served = float(np.mean(model.predict(features) == labels))
                truth.writerow([source["id"], target["id"], f"{served:.5f}"])
    (results / "subset-plan.json").write_text(json.dumps(plan, indent=1) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore", ConvergenceWarning)
    main(sys.argv[1])
