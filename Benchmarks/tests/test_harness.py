#!/usr/bin/env python3
"""Checks of the harness itself: that it sees a difference, keeps limits, and measures what it says."""
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from harness import plots, tables  # noqa: E402
from harness.alternation import Contender, alternate  # noqa: E402
from harness.equality import Labels, Unequal, check_clustering, same_partition  # noqa: E402
from harness.processes import Limits, run  # noqa: E402
from harness.profile_items import part  # noqa: E402
from harness.results import Figures, Results, result_of  # noqa: E402

AMPLE = Limits(20, 10)


def labels(label, core):
    found = Labels.__new__(Labels)
    found.label, found.core = np.array(label, np.int32), None if core is None else np.array(core, bool)
    return found


def python(program):
    return [sys.executable, "-c", program]


class Equality(unittest.TestCase):
    ours = labels([0, 0, 1, 1, -1, 0], [1, 1, 1, 1, 0, 0])

    def test_other_names_of_the_same_clusters_are_equal(self):
        self.assertEqual(check_clustering(self.ours, labels([7, 7, 3, 3, -1, 7], [1, 1, 1, 1, 0, 0])),
                         "core points, noise, clusters of core points")

    def test_a_border_point_may_be_in_another_cluster(self):
        check_clustering(self.ours, labels([0, 0, 1, 1, -1, 1], [1, 1, 1, 1, 0, 0]))

    def test_without_core_marks_the_rest_is_compared(self):
        self.assertEqual(check_clustering(self.ours, labels([0, 0, 1, 1, -1, 0], None)),
                         "noise, clusters of core points")

    def test_differences_are_seen(self):
        core = [1, 1, 1, 1, 0, 0]
        for what, theirs in {
                "noise": labels([0, 0, 1, 1, -1, -1], core),
                "core points": labels([0, 0, 1, 1, -1, 0], [1, 1, 1, 0, 0, 0]),
                "merged clusters": labels([0, 0, 0, 0, -1, 0], core),
                "split": labels([0, 2, 1, 1, -1, 0], core)}.items():
            with self.subTest(what), self.assertRaises(Unequal):
                check_clustering(self.ours, theirs)

    def test_partition_needs_both_directions(self):
        self.assertFalse(same_partition(np.array([0, 1]), np.array([5, 5])))
        self.assertFalse(same_partition(np.array([5, 5]), np.array([0, 1])))
        self.assertTrue(same_partition(np.array([5, 2, 5]), np.array([0, 9, 0])))


class Processes(unittest.TestCase):
    def test_result_and_memory_of_a_process(self):
        outcome = run(python("x = bytearray(150_000_000); print('{\"seconds\": 1.5}')"), 1, AMPLE)
        self.assertTrue(outcome.is_ok)
        self.assertEqual(outcome.result, {"seconds": 1.5})
        self.assertGreater(outcome.peak_mb, 150)
        self.assertLess(outcome.peak_mb, 200)

    def test_the_size_of_the_harness_is_not_counted(self):
        ballast = np.ones(30_000_000)
        self.assertLess(run(python("print('{\"seconds\": 1}')"), 1, AMPLE).peak_mb, 40)
        self.assertEqual(ballast[0], 1)

    def test_limits(self):
        self.assertEqual(run(python("import time; time.sleep(30)"), 1, Limits(0.5, 10)).status, "over 0.5 s")
        memory = python("import time; x = b'1' * 600_000_000; time.sleep(30)")
        self.assertEqual(run(memory, 1, Limits(20, 0.5)).status, "over 0.5 GB")

    def test_failure(self):
        self.assertTrue(run(python("raise SystemExit('no')"), 1, AMPLE).status.startswith("failed: no"))
        self.assertEqual(run(python("print('nothing')"), 1, AMPLE).status, "failed: printed no result")


class Alternation(unittest.TestCase):
    def test_contenders_take_turns_and_failed_ones_leave(self):
        with tempfile.NamedTemporaryFile("r") as log:
            def contender(name, end=""):
                program = f"open({log.name!r}, 'a').write({name!r}); print('{{\"seconds\": 1}}'); {end}"
                return Contender(name, python(program), 1)
            contenders = [contender("a"), contender("b"), contender("c", "raise SystemExit(1)")]
            checked = []
            alternate(contenders, 3, AMPLE, lambda done: checked.append([one.tool for one in done]))
            self.assertEqual(log.read(), "abcabab")
            self.assertEqual(checked, [["a", "b"]])


class Reports(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.results = Results(Path(folder.name) / "results.json")
        self.results.start_run({"run": "r", "threads": 2, "cpu": "c", "cores": 2, "memory_gb": 1, "system": "s",
                                "kernel": "k", "architecture": "a", "versions": {}})

    def add(self, tool, seconds, status="ok", n=1000):
        rounds = [{"seconds": value, "wall_seconds": value, "peak_mb": 10 * value, "other_cores": 0}
                  for value in seconds]
        self.results.add({"kind": "result", "run": "r", "item": "shapes", "tool": tool, "threads": 2, "status": status,
                          "work": {"shape": "towns", "n": n, "eps": 250, "min_points": 10}, "equal": "", "facts": {},
                          "rounds": rounds})

    def test_ratios_are_of_medians(self):
        self.add("FirmClusters", [1, 2, 30])
        self.add("dbscan", [10, 20, 21])
        self.add("scikit-learn", [], "over 5 s")
        table = tables.comparison(self.results.of("shapes"))
        self.assertIn("| dbscan | 2 | 20.0 (10.0–21.0) | 10.0 × |", table)
        self.assertIn("over 5 s", table)

    def test_measuring_again_replaces(self):
        self.add("dbscan", [1])
        self.add("dbscan", [3])
        again = Results(self.results.path)
        self.assertEqual([Figures(record).median("seconds") for record in again.of("shapes")], [3])
        self.assertEqual(len(again.runs()), 1)

    def test_disagreement_takes_out_what_was_measured(self):
        self.add("dbscan", [1])
        self.add("dbscan", [1], n=2000)
        self.results.forget("shapes", {"shape": "towns", "n": 1000})
        self.assertEqual([record["work"]["n"] for record in self.results.of("shapes")], [2000])

    def test_plots_are_drawn(self):
        for n in (1000, 10_000):
            self.add("FirmClusters", [n / 1e5], n=n)
        self.add("scikit-learn", [], "over 5 s", n=10_000)
        drawings = plots.scaling_plots(self.results.of("shapes"))
        self.assertTrue(all(drawing.startswith("<svg") for drawing in drawings.values()))

    def test_a_contender_becomes_a_record(self):
        contender = Contender("dbscan", python("print('{\"seconds\": 2, \"clusters\": 5}')"), 2)
        alternate([contender], 1, AMPLE, lambda done: None)
        record = result_of(contender, "shapes", {"n": 1}, "r", 2)
        self.assertEqual((record["rounds"][0]["seconds"], record["facts"]), (2, {"clusters": 5}))


class Parts(unittest.TestCase):
    def test_symbols_belong_to_the_module_of_the_function(self):
        reading = "$s9FirmInput9RowParserC5parseyy13DelimitedText12RecordCursorVzF"
        self.assertEqual(part("firmclusters", reading), "reading")
        search = "$s12SpatialIndex8SiteRowsC6subsetAcA5SitesV_9FirmModelF"
        self.assertEqual(part("firmclusters", search), "neighbor search")
        self.assertEqual(part("firmclusters", "count_within_planar.arch_x86-64-v4.0"), "distance kernels")
        self.assertEqual(part("[kernel.kallsyms]", "clear_page"), "kernel")
        self.assertEqual(part("libgeos.so.3.11.1", "anything"), "outlines")
        self.assertEqual(part("libswiftCore.so", "swift_release"), "Swift runtime")


if __name__ == "__main__":
    unittest.main()
