# Numbers of mclust for tests/methods/test_latent_classes_numbers.py: Gaussian mixtures without
# covariances, variances own per class (VVI) or shared (EEI). Run: Rscript mclust.R > mclust.json
# R 4.2.2, mclust 6.0.0. Data: Old Faithful and iris as in R's package datasets.
suppressMessages(library(mclust))
one <- function(x, model, k) {
  m <- Mclust(x, G = k, modelNames = model, verbose = FALSE,
              control = emControl(tol = c(1e-12, 1e-12), itmax = c(1e5, 1e5)))
  order <- order(-m$parameters$pro)
  v <- m$parameters$variance$sigma
  sprintf('{"data": "%s", "model": "%s", "classes": %d, "loglik": %.8f, "df": %d, "shares": [%s], "means": [%s], "sds": [%s]}',
          attr(x, "name"), model, k, m$loglik, as.integer(m$df),
          paste(sprintf("%.8f", m$parameters$pro[order]), collapse = ", "),
          paste(apply(m$parameters$mean[, order], 2, function(r) paste0("[", paste(sprintf("%.8f", r), collapse = ", "), "]")), collapse = ", "),
          paste(sapply(order, function(i) paste0("[", paste(sprintf("%.8f", sqrt(diag(v[, , i]))), collapse = ", "), "]")), collapse = ", "))
}
f <- structure(as.matrix(faithful), name = "faithful")
i <- structure(as.matrix(iris[, 1:4]), name = "iris")
write.csv(faithful, "faithful.csv", row.names = FALSE)
write.csv(iris[, c("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width", "Species")], "iris.csv", row.names = FALSE)
cat("[\n", paste(c(one(f, "VVI", 2), one(f, "EEI", 2), one(i, "VVI", 2), one(i, "VVI", 3), one(i, "EEI", 2), one(i, "EEI", 3)), collapse = ",\n "), "\n]\n", sep = "")
