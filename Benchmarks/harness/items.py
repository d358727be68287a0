"""Every item of the suite by name, in the order in which they run."""
from . import clustering_items, file_items, hierarchy_items, limit_items, pattern_items, profile_items, simulation_items

ITEMS = {
    "dbscan-10m": clustering_items.dbscan_10m,
    "dbscan-10m-wide": clustering_items.dbscan_10m_wide,
    "dbscan-1m": clustering_items.dbscan_1m,
    "spanning-tree-1m": hierarchy_items.spanning_tree_1m,
    "hdbscan-1m": hierarchy_items.hdbscan_1m,
    "hdbscan-10m": hierarchy_items.hdbscan_10m,
    "sphere": clustering_items.sphere,
    "industries": clustering_items.industries,
    "simulations": simulation_items.simulations,
    "patterns": pattern_items.patterns,
    "patterns-relabelled": pattern_items.patterns_relabelled,
    "patterns-city": pattern_items.patterns_city,
    "patterns-beijing": pattern_items.patterns_beijing,
    "addresses": clustering_items.addresses,
    "scaling": clustering_items.scaling,
    "csv": file_items.csv,
    "pipeline": file_items.pipeline,
    "shapes": clustering_items.shape_series,
    "floor": limit_items.floor,
    "stages": profile_items.stages,
    "instructions": profile_items.instructions,
    "huge": limit_items.huge,
}
