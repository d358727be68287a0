"""Measures FirmClusters beside other tools: see Docs/Benchmarks.md and bench.py."""
