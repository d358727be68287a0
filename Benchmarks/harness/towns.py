"""A synthetic country of firms. Everything follows from the seed and the number of firms.

The country is a box of about 960 by 1000 km (longitude 4 to 17, latitude 44 to 53). Where towns are and which
industries they are known for depends on the seed alone, so registers of different sizes are the same country at
different density.

- 85 % of firms are in 4,000 towns: sizes by Zipf's law, radii of 0.5 to 15 km that grow with size, elliptical, with a
  heavy-tailed fall-off (bivariate t with 2.5 degrees of freedom); the rest is evenly spread.
- 2 % of firms have exactly the address of another firm.
- 300 industries with sizes by Zipf's law; each has 3 to 6 towns that attract up to a quarter of its firms.
- Names are UTF-8; 3 % are quoted and contain a comma.
"""
import numpy as np
import polars as pl

SEED = 1
TOWNS = 4000
INDUSTRIES = 300
WEST, EAST, SOUTH, NORTH = 4.0, 17.0, 44.0, 53.0
METERS_PER_DEGREE = 111_320.0

FIRST_NAMES = ["Müller", "Weber", "Nord", "Alpen", "Rhein", "Delta", "Kraft", "Novak", "Schmidt", "Bauer", "Löwe",
               "Central", "Adler", "Orion", "Stein", "Hansa", "Vita", "Meyer", "Linden", "Polar", "Sigma", "Fuchs",
               "Kern", "Blum", "Terra"]
TRADES = ["Logistik", "Technik", "Handel", "Bau", "Services", "Systems", "Medical", "Foods", "Consulting", "Energie",
          "Textil", "Optik", "Auto", "Media", "Holz", "Metall", "Chemie", "Print", "Immobilien", "Software"]
LEGAL_FORMS = [" GmbH", " AG", " KG", " e.K.", " Ltd", " SARL", " & Co", " & Söhne"]


def industry_codes():
    sections = "ABCDEFGHIJKLMNOPQRS"
    return [f"{sections[k % len(sections)]}{1 + k // len(sections):02d}{(k * 37) % 90 + 10:02d}"
            for k in range(INDUSTRIES)]


class Country:
    """What does not depend on the number of firms. The order of draws is part of the definition."""

    def __init__(self):
        random = np.random.default_rng([SEED, 7])
        share = 1.0 / np.arange(1, TOWNS + 1)
        self.share = share / share.sum()
        self.latitude = random.uniform(SOUTH + .2, NORTH - .2, TOWNS)
        self.longitude = random.uniform(WEST + .3, EAST - .3, TOWNS)
        radius = 15_000 * (self.share / self.share[0]) ** 0.42 * random.lognormal(0, 0.25, TOWNS)
        self.radius = np.clip(radius, 500, 15_000)
        self.flattening = random.uniform(0.6, 1.0, TOWNS)
        self.rotation = random.uniform(0, np.pi, TOWNS)
        industry_share = 1.0 / np.arange(1, INDUSTRIES + 1)
        industry_share /= industry_share.sum()
        self.industry_share = industry_share[random.permutation(INDUSTRIES)]
        self.specialties = {}  # town: [(industry, share of the town's firms that turn to it)]
        for industry in range(INDUSTRIES):
            count = int(random.integers(3, 7))
            for town in random.choice(np.arange(10, 1500), count, replace=False):
                share = min(0.4, 0.25 * self.industry_share[industry] / count / self.share[town])
                self.specialties.setdefault(int(town), []).append((industry, share))


def locations(country, count, random):
    """Longitude, latitude and town (-1 for none) of each firm."""
    in_town = random.random(count) < 0.85
    town = np.full(count, -1, np.int32)
    inside = int(in_town.sum())
    town[in_town] = random.choice(TOWNS, inside, p=country.share).astype(np.int32)
    longitude, latitude = np.empty(count), np.empty(count)
    t = town[in_town]
    spread = np.sqrt(2.5 / random.chisquare(2.5, inside))
    u = random.standard_normal(inside) * spread
    v = random.standard_normal(inside) * spread * country.flattening[t]
    scale = country.radius[t] * 0.5
    cos, sin = np.cos(country.rotation[t]), np.sin(country.rotation[t])
    east, north = (u * cos - v * sin) * scale, (u * sin + v * cos) * scale
    latitude[in_town] = country.latitude[t] + north / METERS_PER_DEGREE
    longitude[in_town] = country.longitude[t] + east / (METERS_PER_DEGREE * np.cos(np.radians(country.latitude[t])))
    latitude[~in_town] = random.uniform(SOUTH, NORTH, count - inside)
    longitude[~in_town] = random.uniform(WEST, EAST, count - inside)
    outside = (latitude < SOUTH) | (latitude > NORTH) | (longitude < WEST) | (longitude > EAST)
    moved = int(outside.sum())
    latitude[outside], longitude[outside] = random.uniform(SOUTH, NORTH, moved), random.uniform(WEST, EAST, moved)
    town[outside] = -1
    shared = int(0.02 * count)
    guests = random.choice(count, shared, replace=False)
    hosts = random.integers(0, count, shared)
    latitude[guests], longitude[guests], town[guests] = latitude[hosts], longitude[hosts], town[hosts]
    return longitude, latitude, town


def industries(country, town, random):
    """The industry of each firm."""
    industry = random.choice(INDUSTRIES, len(town), p=country.industry_share).astype(np.int16)
    order = np.argsort(town, kind="stable")
    bounds = np.searchsorted(town[order], np.arange(TOWNS + 1))
    for special_town, specialties in country.specialties.items():
        firms = order[bounds[special_town]:bounds[special_town + 1]]
        draw = random.random(len(firms))
        low = 0.0
        for special, share in specialties:
            share = min(share, 0.9 - low)
            industry[firms[(draw >= low) & (draw < low + share)]] = special
            low += share
    return industry


def write_register(count, path):
    """Writes a register: id, name, lon, lat, industry, employees, founded."""
    country = Country()
    random = np.random.default_rng([SEED, count])
    longitude, latitude, town = locations(country, count, random)
    industry = industries(country, town, random)
    employees = np.clip(random.lognormal(1.3, 1.4, count), 1, 60_000).astype(np.int32)
    founded = (2025 - np.minimum(random.exponential(17, count), 160)).astype(np.int16)
    first, trade, form = (random.integers(0, len(words), count) for words in (FIRST_NAMES, TRADES, LEGAL_FORMS))
    with_comma = random.random(count) < 0.03
    number = random.integers(1, 10_000, count)

    def words(texts, index):
        return pl.Series(texts).gather(pl.Series(index))

    pl.DataFrame({
        "id": np.arange(1, count + 1, dtype=np.int64),
        "first": words(FIRST_NAMES, first), "trade": words(TRADES, trade), "form": words(LEGAL_FORMS, form),
        "with_comma": with_comma, "number": number,
        "lon": np.round(longitude, 6), "lat": np.round(latitude, 6),
        "industry": words(industry_codes(), industry.astype(np.int64)), "employees": employees, "founded": founded,
    }).select(
        "id",
        (pl.col("first") + " " + pl.col("trade") + pl.when("with_comma").then(pl.lit(",")).otherwise(pl.lit(""))
         + " " + pl.col("number").cast(pl.String) + pl.col("form")).alias("name"),
        "lon", "lat", "industry", "employees", "founded").write_csv(path, float_precision=6)
