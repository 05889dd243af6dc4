"""Forests as training gives them, as arrays that `cleaners.scorer.forest` reads."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier

from cleaners.scorer.forest import Forest

#: Questions of a tree; one that asks fewer is filled up with questions that nothing answers with yes.
DEPTH = 6


def to_forest(model: CatBoostClassifier) -> Forest:
    """Take the arrays out of a CatBoost model of symmetric trees."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        told = json.loads(path.read_text())
    trees = told["oblivious_trees"]
    features = np.zeros((DEPTH, len(trees)), np.int64)
    borders = np.full((DEPTH, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << DEPTH), np.float32)
    for number, tree in enumerate(trees):
        for place, split in enumerate(tree["splits"]):
            features[place, number] = split["float_feature_index"]
            borders[place, number] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = told["scale_and_bias"]
    return Forest(features, borders, leaves * np.float32(scale), float(bias[0]))


def mean_forest(forests: Sequence[Forest]) -> Forest:
    """Return one forest that says what several say on average.

    >>> one = Forest(np.array([[0]]), np.array([[0.5]], np.float32), np.array([[-1, 2]], np.float32), 0.5)
    >>> mean_forest([one, one]).margin(np.array([[0.9]], np.float32)).tolist()
    [2.5]
    """
    return Forest(
        np.concatenate([forest.features for forest in forests], axis=1),
        np.concatenate([forest.borders for forest in forests], axis=1),
        (np.concatenate([forest.leaves for forest in forests]) / len(forests)).astype(np.float32),
        sum(forest.bias for forest in forests) / len(forests),
    )
