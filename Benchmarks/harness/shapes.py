"""Point sets of different shapes, in meters; each follows from its name and the number of points.

| shape | what | eps, minPts |
| --- | --- | --- |
| towns | the synthetic country of towns.py, in EPSG:3035 | 250 m at one million, scaled by 1/√n: equal neighbors |
| uniform | evenly spread over a square that grows with n: 12 points within eps of each | 100 m |
| city | one city, Gaussian with σ = 3 km, that grows denser: about 280 neighbors each at one million | 100 m |
| addresses | n firms on 1,000 addresses in a square of 10 km, sizes by Zipf's law | 250 m |
| line | all on one line that grows with n: 12 points within eps of each | 100 m |

minPts is 10 throughout.
"""
import math

import numpy as np

NAMES = ["towns", "uniform", "city", "addresses", "line"]
MIN_POINTS = 10


def towns_eps(count):
    """The radius at which a firm of the country has as many neighbors on average as at 250 m among a million."""
    return 250 * math.sqrt(1e6 / count)


def eps(shape, count):
    return {"towns": towns_eps(count), "uniform": 100, "city": 100, "addresses": 250, "line": 100}[shape]


def points(shape, count):
    """The points of every shape but towns, which come from a register."""
    random = np.random.default_rng([3, NAMES.index(shape), count])
    if shape == "uniform":
        return random.uniform(0, math.sqrt(count * math.pi * 100 ** 2 / 12), (count, 2))
    if shape == "city":
        return random.normal(0, 3000, (count, 2))
    if shape == "line":
        return np.c_[random.uniform(0, count * 2 * 100 / 12, count), np.zeros(count)]
    assert shape == "addresses", shape
    places = random.uniform(0, 10_000, (1000, 2))
    share = 1.0 / np.arange(1, 1001)
    return places[random.choice(1000, count, p=share / share.sum())]


def dense_city(count):
    """One city, Gaussian, in which a firm has 500 others within 300 m on average: n(1 − exp(−r² / 4σ²)) ≈ n r² / 4σ²."""
    return np.random.default_rng([4, count]).normal(0, 300 * math.sqrt(count / 2000), (count, 2))
