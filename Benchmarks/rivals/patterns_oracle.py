#!/usr/bin/env python3
"""patterns_oracle.py POINTS CODES EPS INDEX SIZE OUTPUT

Patterns of few firms straight from their definition: all cliques of firms of different codes, one size from the other. A line for each
pattern: codes, then the firms that take part."""
import sys
from collections import defaultdict

import numpy as np
from scipy.spatial import cKDTree

xy = np.fromfile(sys.argv[1]).reshape(-1, 2)
code = np.fromfile(sys.argv[2], np.int32).tolist()
eps, least, size = float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
total = np.bincount(code)
later = defaultdict(set)  # neighbors of a higher code
for a, b in cKDTree(xy).query_pairs(eps):
    if code[a] != code[b]:
        later[a if code[a] < code[b] else b].add(b if code[a] < code[b] else a)
lines = []
cliques = [((firm,), later[firm]) for firm in range(len(code))]
for length in range(2, size + 1):
    taking_part = defaultdict(lambda: [set() for _ in range(length)])
    cliques = [(clique + (firm,), common & later[firm]) for clique, common in cliques for firm in common]
    for clique, _ in cliques:
        for column, firm in zip(taking_part[tuple(code[firm] for firm in clique)], clique):
            column.add(firm)
    for codes, columns in sorted(taking_part.items()):
        if min(len(column) / total[k] for k, column in zip(codes, columns)) >= least:
            lines.append(" ".join(map(str, [*codes, *map(len, columns)])) + "\n")
with open(sys.argv[6], "w") as file:
    file.writelines(lines)
