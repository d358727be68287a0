#!/usr/bin/env python3
"""sphere_oracle.py DEGREES EPS MINPTS LABELS

DBSCAN by great-circle distance with scikit-learn (ball tree, haversine): slow, and only to compare results with."""
import json
import sys

import numpy as np
from sklearn.cluster import DBSCAN

degrees, eps, minimum, out = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
latitude_longitude = np.radians(np.fromfile(degrees).reshape(-1, 2)[:, ::-1])
model = DBSCAN(eps=eps / 6_371_008.8, min_samples=minimum, metric="haversine", algorithm="ball_tree", n_jobs=-1)
model.fit(latitude_longitude)
core = np.zeros(len(latitude_longitude), np.uint8)
core[model.core_sample_indices_] = 1
with open(out, "wb") as file:
    file.write(model.labels_.astype(np.int32).tobytes())
    file.write(core.tobytes())
print(json.dumps({"noise": int((model.labels_ < 0).sum())}))
