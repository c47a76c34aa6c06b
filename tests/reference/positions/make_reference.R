# What do R packages say of ties, roles and nestedness? Run here: Rscript make_reference.R
suppressMessages({library(sna); library(vegan); library(jsonlite)})
set.seed(11)
square <- function(name) {
  table <- read.csv(paste0(name, ".csv"), check.names = FALSE)
  unname(as.matrix(table[, -1]))
}
expected <- fromJSON("measures.json")
out <- list(versions = list(R = R.version.string, sna = as.character(packageVersion("sna")),
                            vegan = as.character(packageVersion("vegan"))))

# Regression of ties: fit, and z for given orders of nodes (rows are one-based here, minus 1 below).
wealth <- read.csv("florentine_attr.csv")$wealth
family <- list(y = square("florentine_marriage"), a = square("florentine_business"),
               b = abs(outer(wealth, wealth, "-")))
sponsor <- expected$emon_Cheyenne$sponsorship
n <- length(sponsor)
town <- list(y = square("emon_Cheyenne"), a = 1 * outer(sponsor, sponsor, "=="),
             b = outer(seq_len(n), seq_len(n), function(i, j) (3 * i + 5 * j + i * j) %% 11))
holes <- function(m, cells) { for (cell in cells) m[cell[1], cell[2]] <- NA; m }
missing <- town
missing$y <- holes(town$y, list(c(2, 1), c(5, 8), c(9, 4)))
missing$b <- holes(town$b, list(c(7, 3), c(1, 6)))
counted <- town
counted$y <- outer(seq_len(n), seq_len(n), function(i, j) (i * j + 2 * i) %% 5 + (j == 3))

z_of <- function(frame, kind) {
  fit <- glm(y ~ . - 1, kind, frame, control = glm.control(epsilon = 1e-13, maxit = 60))
  summary(fit)$coefficients[, 3]
}
permuted <- function(case, orders, pairs, kind, null) {
  columns <- list(one = matrix(1, nrow(case$y), ncol(case$y)), a = case$a, b = case$b)
  known <- !is.na(case$y) & !is.na(case$a) & !is.na(case$b)
  hide <- function(m) { m[!known] <- NA; m }
  y <- hide(case$y); columns <- lapply(columns, hide)
  mirror <- function(m) {
    if (!any(pairs[upper.tri(pairs)])) m[upper.tri(m)] <- t(m)[upper.tri(m)]
    m
  }
  at <- function(m) m[pairs]
  t(apply(orders, 1, function(o) {
    if (null == "y") return(z_of(data.frame(y = at(mirror(y)[o, o]), sapply(columns, at)), kind))
    sapply(seq_along(columns), function(j) {
      others <- data.frame(sapply(columns[-j], at))
      residual <- matrix(NA, nrow(y), ncol(y))
      residual[pairs] <- resid(lm(at(columns[[j]]) ~ . - 1, others, na.action = na.exclude))
      z_of(data.frame(y = at(y), moved = at(mirror(residual)[o, o]), others), kind)[1]
    })
  }))
}
regression <- function(case, pairs, kind) {
  size <- nrow(case$y)
  orders <- rbind(seq_len(size), t(replicate(6, sample(size))))
  frame <- data.frame(y = case$y[pairs], a = case$a[pairs], b = case$b[pairs])
  fit <- glm(y ~ a + b, kind, frame, control = glm.control(epsilon = 1e-13, maxit = 60))
  table <- summary(fit)$coefficients
  list(y = case$y, a = case$a, b = case$b, coefficients = unname(table[, 1]),
       errors = unname(table[, 2]), z = unname(table[, 3]), deviance = fit$deviance,
       null_deviance = fit$null.deviance, aic = fit$aic, n = nobs(fit), orders = orders - 1,
       pearson = sum(residuals(fit, "pearson")^2),
       z_dsp = unname(permuted(case, orders, pairs, kind, "dsp")),
       z_y = unname(permuted(case, orders, pairs, kind, "y")))
}
off <- function(m) row(m) != col(m)
out$regression <- list(
  undirected = regression(family, lower.tri(family$y), binomial()),
  directed = regression(town, off(town$y), binomial()),
  directed_missing = regression(missing, off(town$y), binomial()),
  count = regression(counted, off(town$y), poisson()))
mc <- netlogit(family$y, list(family$a, family$b), mode = "graph", nullhyp = "qapspp", reps = 2000)
out$netlogit <- list(coefficients = unname(mc$coefficients), errors = unname(mc$se),
                     two_sided = unname(mc$pgreqabs), greater = unname(mc$pgreq), reps = 2000)
one <- netlogit(family$y, family$a, mode = "graph", nullhyp = "qapspp", reps = 2000)
out$netlogit_one <- list(coefficients = unname(one$coefficients), errors = unname(one$se),
                         two_sided = unname(one$pgreqabs), greater = unname(one$pgreq))

# Roles between groups: figures per node.
out$brokerage <- lapply(c(Cheyenne = "emon_Cheyenne", LakePomona = "emon_LakePomona"), function(name) {
  b <- brokerage(square(name), expected[[name]]$sponsorship)
  list(expected = unname(b$exp.nli), sd = unname(b$sd.nli), z = unname(b$z.nli),
       network_sd = unname(b$sd.gli))
})

# Krackhardt's hierarchy, distances of ties, nestedness.
towns <- c("emon_Cheyenne", "emon_HurrFrederic", "emon_LakePomona", "coleman_spring")
out$krackhardt <- lapply(setNames(towns, towns), function(name) {
  m <- square(name)
  list(hierarchy = unname(hierarchy(m, measure = "krackhardt")), connectedness = connectedness(m),
       efficiency = efficiency(m))
})
out$distances <- list(directed = unname(sedist(town$y, method = "euclidean")),
                      undirected = unname(sedist(family$y, method = "euclidean", mode = "graph")))
nodf <- function(m) {
  s <- nestednodf(m)$statistic
  list(groups = s[[1]], units = s[[2]], all = s[[3]])
}
made <- outer(1:9, 1:7, function(i, j) 1 * ((i * j + i) %% 4 < 3 - (j > 4)))
out$nodf <- list(southern_women = nodf(square("southern_women")),
                 made = c(list(table = made), nodf(made)))
write_json(out, "reference.json", digits = NA, auto_unbox = TRUE, na = "null")
