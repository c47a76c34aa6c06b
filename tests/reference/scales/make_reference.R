# Which numbers must the scale methods reproduce? Computed with R, written to reference.json.
# Run in this folder: Rscript make_reference.R
# (Debian: r-base-core r-cran-psych r-cran-gparotation r-cran-polycor r-cran-jsonlite)
# The tests read the JSON and need no R. Entries called mc_* are Monte Carlo.
suppressMessages({library(psych); library(polycor); library(jsonlite)})
set.seed(20162)
bfi <- read.csv("bfi.csv")

keyed <- function(items, reversed) {
  x <- bfi[, items]
  for (name in reversed) x[[name]] <- 7 - x[[name]]
  x
}
scale_numbers <- function(items, reversed) {
  x <- keyed(items, reversed)
  a <- suppressWarnings(psych::alpha(x))
  full <- na.omit(x)
  listwise <- suppressWarnings(psych::alpha(full))
  loadings <- function(d) unname(fa(d, 1, fm = "minres")$loadings[, 1])
  tot <- function(d) suppressWarnings(suppressMessages(
    omega(d, nfactors = 1, plot = FALSE)$omega.tot))
  unique_full <- (1 - loadings(full)^2) * apply(full, 2, var)
  list(items = items, reversed = I(reversed), n = nrow(x), n_listwise = nrow(full),
       alpha = a$total$raw_alpha, alpha_standardised = a$total$std.alpha,
       mean_correlation = a$total$average_r,
       item_rest = a$item.stats$r.drop, alpha_if_dropped = a$alpha.drop$raw_alpha,
       feldt = unlist(a$feldt[c("lower.ci", "upper.ci")]),
       loadings = loadings(x), omega_standardised = tot(x),
       alpha_listwise = listwise$total$raw_alpha,
       omega_listwise = unname(1 - sum(unique_full) / sum(cov(full))))
}
out <- list(software = paste(R.version.string, "psych", packageVersion("psych"), "polycor",
                             packageVersion("polycor")))
out$scales <- list(agree = scale_numbers(paste0("A", 1:5), "A1"),
                   conscientious = scale_numbers(paste0("C", 1:5), c("C4", "C5")),
                   extraversion = scale_numbers(paste0("E", 1:5), c("E1", "E2")))

# Polychoric: two-step on complete rows (thresholds of a pair and of the item are then the same),
# a table with an empty cell, and a two by two table.
full <- na.omit(bfi[, paste0("A", 1:5)])
pairs <- combn(names(full), 2)
out$polychoric <- list(
  two_step = apply(pairs, 2, function(p) polychor(full[[p[1]]], full[[p[2]]], ML = FALSE)),
  psych = unname(polychoric(full, correct = 0)$rho[t(pairs)]),
  thresholds = lapply(unname(full), function(v) qnorm(head(cumsum(table(v)) / length(v), -1))))
table_of <- matrix(c(20, 5, 0, 8, 30, 9, 1, 6, 21), 3)
two <- matrix(c(34, 11, 9, 46), 2)
out$tables <- list(list(table = table_of, rho = polychor(table_of, ML = FALSE)),
                   list(table = two, rho = polychor(two, ML = FALSE)))

# Parallel analysis of the 15 items, by a loop: each column shuffled 2,000 times.
full <- na.omit(bfi)
shuffled <- t(replicate(2000, eigen(cor(apply(full, 2, sample)), only.values = TRUE)$values))
out$parallel <- list(n = nrow(full), eigenvalues = eigen(cor(full), only.values = TRUE)$values,
                     draws = 2000, mc_mean = colMeans(shuffled), mc_sd = apply(shuffled, 2, sd),
                     mc_limit = apply(shuffled, 2, quantile, 0.95, names = FALSE))
write(toJSON(out, digits = 12, auto_unbox = TRUE, pretty = TRUE), "reference.json")
