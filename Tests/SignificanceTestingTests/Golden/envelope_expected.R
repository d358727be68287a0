# Makes envelope_expected.json: curves of chance and one observed curve, with pointwise ranks, extreme ranks, extreme rank lengths and
# hulls worked out with rank() and order() of R 4.2.2, in the steps of forder() of the R package GET (commit 688a003):
# mid-ranks, the smaller of both sides, curves ordered by their ranks in rising order.
#     Rscript envelope_expected.R > envelope_expected.json

set.seed(20)
expected <- function(M, K, ties, shift) {
  curves <- t(replicate(M + 1, cumsum(rnorm(K)) + rnorm(1)))
  curves <- if (ties) round(curves) else round(curves, 3)
  curves[1, ] <- curves[1, ] + shift
  n <- M + 1
  pointwise <- apply(curves, 2, function(x) { low <- rank(x, ties.method = "average"); pmin(low, n + 1 - low) })
  extreme <- apply(pointwise, 1, min)
  sorted <- t(apply(pointwise, 1, sort))
  keys <- do.call(paste, as.data.frame(sorted))
  order <- do.call(order, as.data.frame(sorted))
  atLeast <- max(which(keys[order] == keys[1]))
  alpha <- 0.1
  allowed <- floor(alpha * n + 1e-9)
  boundary <- keys[order[allowed + 1]]
  taken <- sum(keys[order[1:allowed]] != boundary)
  kept <- curves[order[(taken + 1):n], ]
  means <- colMeans(curves)
  sds <- apply(curves, 2, sd)
  deviations <- apply(curves, 1, function(x) max(abs(x - means) / sds))
  reach <- sort(deviations[-1], decreasing = TRUE)[allowed]
  list(observed = curves[1, ], simulated = curves[-1, ],
       p_interval = c(sum(extreme < extreme[1]), sum(extreme <= extreme[1])) / n,
       p_extreme_rank_length = atLeast / n, extreme_rank = extreme[1], alpha = alpha,
       rank_envelope_level = taken / n,
       rank_envelope_lower = apply(kept, 2, min), rank_envelope_upper = apply(kept, 2, max),
       p_deviation = sum(deviations >= deviations[1]) / n, deviation = deviations[1],
       deviation_envelope_lower = means - reach * sds, deviation_envelope_upper = means + reach * sds,
       pointwise_rank = 2,
       pointwise_lower = apply(curves[-1, ], 2, function(x) sort(x)[2]),
       pointwise_upper = apply(curves[-1, ], 2, function(x) sort(x, decreasing = TRUE)[2]))
}
cases <- list(expected(39, 12, FALSE, 0), expected(39, 12, TRUE, 2), expected(59, 8, TRUE, 0),
              expected(99, 20, FALSE, 4), expected(49, 5, FALSE, 1.5), expected(99, 10, FALSE, 9))
cat(jsonlite::toJSON(cases, digits = NA, auto_unbox = TRUE))
