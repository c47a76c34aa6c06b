# Makes frame.csv and reference.json: run `Rscript make_reference.R` in this folder.
# R 4.2.2, sampling 2.9, jsonlite. The frame is made by chance; it is about no real place.
suppressMessages({library(jsonlite); library(sampling)})
set.seed(8)
n <- 120
size <- round(exp(rnorm(n, 10, 1)))
x <- round(cbind(a = rnorm(n), b = rexp(n), c = rnorm(n)), 4)
write.csv(data.frame(size, x), "frame.csv", row.names = FALSE)
unequal <- inclusionprobabilities(size, 20)
open <- unequal < 1
balance_of <- function(p, x) {
  draws <- replicate(300, {
    s <- samplecube(cbind(p, x), p, order = 1, comment = FALSE, method = 2)
    c(sum(s), colSums(x[s > 0.5, , drop = FALSE] / p[s > 0.5]) - colSums(x))
  })
  sqrt(rowMeans(draws[-1, ]^2)) / n
}
random <- replicate(300, colSums(x[sample(n, 20), ] / (20 / n)) - colSums(x))
write_json(list(
  source = "R 4.2.2, sampling 2.9: samplecube(method = 2, order = 1), 300 draws each",
  unequal_probabilities = unequal,
  equal_rmse = balance_of(rep(20 / n, n), x),
  unequal_rmse = balance_of(unequal[open], x[open, ]),
  random_rmse = sqrt(rowMeans(random^2)) / n,
  draws = 300
), "reference.json", digits = 10, auto_unbox = TRUE)
