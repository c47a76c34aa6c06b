# Which numbers must the network methods reproduce? Computed with R, written to reference.json.
# Run in this folder: Rscript make_reference.R   (Debian: r-base-core r-cran-sna r-cran-jsonlite)
# The tests read the JSON and need no R. Entries called mc_* are Monte Carlo: compare with a
# tolerance that goes with their number of permutations.
suppressMessages({library(sna); library(jsonlite)})
set.seed(20161)

square <- function(file) unname(as.matrix(read.csv(file, row.names = 1, check.names = FALSE)))
marriage <- square("florentine_marriage.csv")
business <- square("florentine_business.csv")
wealth <- read.csv("florentine_attr.csv")$wealth
distance <- abs(outer(wealth, wealth, "-"))
women <- square("southern_women.csv")
predictors <- array(0, c(2, 16, 16))
predictors[1, , ] <- business
predictors[2, , ] <- distance

fit_numbers <- function(fit) {
  total <- sum((fit$residuals + fit$fitted.values - mean(fit$residuals + fit$fitted.values))^2)
  r2 <- 1 - sum(fit$residuals^2) / total
  list(coefficients = unname(fit$coefficients), t = unname(fit$tstat), r2 = r2,
       adjusted_r2 = 1 - (1 - r2) * (fit$n - 1) / fit$df.residual, n_dyads = fit$n)
}
p_numbers <- function(fit, reps) {
  list(permutations = reps, two_sided = unname(fit$pgreqabs), greater = unname(fit$pgreq),
       less = unname(fit$pleeq))
}
netlm_p <- function(null, reps) {
  p_numbers(netlm(marriage, predictors, mode = "graph", nullhyp = null, reps = reps), reps)
}

out <- list(software = paste(R.version.string, "sna", packageVersion("sna")))

# Padgett's Florentine families (n = 16): marriage on business and difference in wealth.
out$florentine <- fit_numbers(netlm(marriage, predictors, mode = "graph", nullhyp = "classical"))
out$florentine$mc_dsp <- netlm_p("qapspp", 5000)
out$florentine$mc_y <- netlm_p("qapy", 5000)
families <- array(0, c(2, 16, 16))
families[1, , ] <- marriage
families[2, , ] <- business
test <- qaptest(families, gcor, g1 = 1, g2 = 2, reps = 20000)
out$florentine_qap <- list(correlation = test$testval,
  mc = list(permutations = 20000, greater = test$pgreq, less = test$pleeq))
out$florentine_centralisation <- list(
  marriage = centralization(marriage, degree, mode = "graph"),
  business = centralization(business, degree, mode = "graph"))

# Davis' Southern Women (18 x 14).
shared <- women %*% t(women); diag(shared) <- 0
out$southern_women <- list(density = mean(women), groups = unname(rowSums(women)),
  partners = unname(rowSums(shared > 0)), recurring = unname(rowSums(shared > 1)),
  shared_total = sum(shared) / 2)

# A directed case with missing pairs, made by formula (no published data): t under the null
# for given orders of nodes, each by lm() on the pairs known before and after.
permuted_t <- function(y, xs, orders, null, pairs) {
  at <- function(m) m[pairs]
  frame <- function(y, xs) data.frame(y = at(y), sapply(xs, at))
  observed <- lm(y ~ ., frame(y, xs), na.action = na.exclude)
  known <- complete.cases(frame(y, xs))
  hide <- function(m) { v <- m[pairs]; v[!known] <- NA; m[pairs] <- v; m }
  y <- hide(y); xs <- lapply(xs, hide)
  columns <- c(list(intercept = hide(matrix(1, nrow(y), nrow(y)))), xs)
  mirror <- function(m) {
    if (all(pairs[upper.tri(pairs)] == FALSE)) m[upper.tri(m)] <- t(m)[upper.tri(m)]
    m
  }
  t(sapply(seq_len(nrow(orders)), function(k) {
    o <- orders[k, ]
    if (null == "y") {
      moved <- mirror(y)[o, o]
      return(summary(lm(at(moved) ~ . - 1, data.frame(sapply(columns, at))))$coefficients[, 3])
    }
    sapply(seq_along(columns), function(j) {
      others <- data.frame(sapply(columns[-j], at))
      residual <- matrix(NA, nrow(y), nrow(y))
      residual[pairs] <- resid(lm(at(columns[[j]]) ~ . - 1, others, na.action = na.exclude))
      moved <- at(mirror(residual)[o, o])
      summary(lm(at(y) ~ . - 1, data.frame(moved, others)))$coefficients[1, 3]
    })
  }))
}
n <- 9
i <- row(diag(n)); j <- col(diag(n))
formula_y <- (3 * i + 5 * j + i * j) %% 11 + i / 4
formula_x <- list(a = (i * i + 2 * j) %% 7, b = abs(i - j) + (i * j) %% 3)
symmetric <- function(m) { m[upper.tri(m)] <- t(m)[upper.tri(m)]; m }
orders <- rbind(seq_len(n), t(replicate(12, sample(n))))
off <- row(diag(n)) != col(diag(n))
low <- lower.tri(diag(n))
holes <- function(m, cells) { for (cell in cells) m[cell[1], cell[2]] <- NA; m }
case <- function(y, xs, pairs) {
  frame <- data.frame(y = y[pairs], sapply(xs, function(m) m[pairs]))
  fit <- lm(y ~ ., frame)
  list(y = y, a = xs$a, b = xs$b, coefficients = unname(coef(fit)),
       t = unname(summary(fit)$coefficients[, 3]), r2 = summary(fit)$r.squared,
       adjusted_r2 = summary(fit)$adj.r.squared, n_dyads = nobs(fit),
       n_missing = sum(!complete.cases(frame)),
       t_dsp = unname(permuted_t(y, xs, orders, "dsp", pairs)),
       t_y = unname(permuted_t(y, xs, orders, "y", pairs)),
       correlations = sapply(seq_len(nrow(orders)), function(k) {
         o <- orders[k, ]; known <- !is.na(y) & !is.na(xs$a)
         x <- xs$a; x[!known] <- NA; z <- y; z[!known] <- NA
         cor(z[pairs], x[o, o][pairs], use = "complete.obs")
       }))
}
sym_x <- lapply(formula_x, symmetric)
y_holes <- holes(formula_y, list(c(2, 1), c(5, 8), c(9, 4)))
x_holes <- formula_x; x_holes$b <- holes(formula_x$b, list(c(7, 3), c(1, 6)))
out$permuted <- list(orders = orders - 1,
  directed = case(formula_y, formula_x, off),
  undirected = case(symmetric(formula_y), sym_x, low),
  directed_missing = case(y_holes, x_holes, off),
  undirected_missing = case(symmetric(y_holes), lapply(x_holes, symmetric), low))

# Complete enumeration: all 720 orders of 6 nodes.
all_orders <- function(v) {
  if (length(v) == 1) return(matrix(v, 1, 1))
  do.call(rbind, lapply(seq_along(v), function(k) cbind(v[k], all_orders(v[-k]))))
}
six <- 1:6
small <- lapply(c(list(y = symmetric(formula_y)), sym_x), function(m) m[six, six])
every <- all_orders(six)
dsp <- permuted_t(small$y, small[c("a", "b")], every, "dsp", lower.tri(diag(6)))
cors <- apply(every, 1, function(o)
  cor(small$y[lower.tri(diag(6))], small$a[o, o][lower.tri(diag(6))]))
share <- function(m, f) unname(apply(m, 2, function(v) mean(f(v, v[1]))))
at_least <- function(v, first) v >= first - 1e-9
beyond <- function(v, first) abs(v) >= abs(first) - 1e-9
out$enumerated <- list(y = small$y, a = small$a, b = small$b, orders = nrow(every),
  dsp_two_sided = share(dsp, beyond), dsp_greater = share(dsp, at_least),
  correlation = cors[1], cor_two_sided = mean(beyond(cors, cors[1])),
  cor_greater = mean(at_least(cors, cors[1])))

write_json(out, "reference.json", digits = NA, auto_unbox = TRUE, pretty = 1, na = "null")
