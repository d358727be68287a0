# Rscript dbscan_rival.R POINTS EPS MINPTS LABELS
#
# Times R's package dbscan (k-d tree, one thread) and prints one line of JSON, as Measure does. Labels alone are
# written: which points are core, this package does not say.
arguments <- commandArgs(TRUE)
points <- arguments[1]; eps <- as.numeric(arguments[2]); minimum <- as.integer(arguments[3]); out <- arguments[4]

status_mb <- function(name) {
  lines <- tryCatch(readLines("/proc/self/status"), error = function(e) character(), warning = function(w) character())
  line <- grep(paste0("^", name), lines, value = TRUE)
  if (length(line)) as.numeric(gsub("[^0-9]", "", line)) * 1024 / 1e6 else 0
}

suppressMessages(library(dbscan))
xy <- matrix(readBin(points, "double", file.size(points) / 8), ncol = 2, byrow = TRUE)
invisible(gc())
earlier <- status_mb("VmHWM"); at_start <- status_mb("VmRSS")
try(cat("5", file = "/proc/self/clear_refs"), silent = TRUE)
seconds <- system.time(found <- dbscan::dbscan(xy, eps = eps, minPts = minimum))[["elapsed"]]
peak <- status_mb("VmHWM")
labels <- as.integer(found$cluster) - 1L
writeBin(labels, out)
cat(sprintf(
  '{"seconds": %.4f, "peak_mb": %.1f, "input_mb": %.1f, "above_input_mb": %.1f, "clusters": %d, "noise": %d}\n',
  seconds, max(earlier, peak), at_start, max(0, peak - at_start), length(unique(labels[labels >= 0])), sum(labels < 0)))
