# Makes reference.json and swiss.csv: run `Rscript make_reference.R` in this folder.
# R 4.2.2, jsonlite, boot 1.3-28.1. Data: datasets::swiss, 47 provinces about 1888
# (Mosteller & Tukey 1977, Data Analysis and Regression); the first 16 are used as "cases".
library(jsonlite)
library(boot)

d <- head(swiss, 16)
write.csv(cbind(province = rownames(d), d), "swiss.csv", row.names = FALSE)
factors <- c("Agriculture", "Examination", "Education", "Catholic")
outcomes <- c("Fertility", "Infant.Mortality")
grid <- expand.grid(outcome = outcomes, factor = factors, stringsAsFactors = FALSE)
each <- function(f) unname(mapply(f, grid$factor, grid$outcome))

tau <- each(function(a, b) cor(d[[a]], d[[b]], method = "kendall"))
rho <- each(function(a, b) cor(d[[a]], d[[b]], method = "spearman"))

# Exact tests of R exist without ties only.
x <- d$Agriculture; y <- d$Fertility
untied_tau <- cor.test(x, y, method = "kendall", exact = TRUE)
untied_rho <- cor.test(x[1:9], y[1:9], method = "spearman", exact = TRUE)

p <- c(0.0004, 0.021, 0.021, 0.3, 0.04, 0.8, 0.011)

set.seed(1)
one <- data.frame(x = d$Agriculture, y = d$Fertility)
rho_of <- function(data, rows) cor(data[rows, 1], data[rows, 2], method = "spearman")
b <- boot(one, rho_of, R = 1999)
without <- sapply(1:16, function(i) rho_of(one[-i, ], 1:15))
bca <- boot.ci(b, conf = 0.9, type = "bca", L = 15 * (mean(without) - without))$bca[4:5]

write_json(list(
  source = "R 4.2.2, datasets::swiss rows 1-16, stats::cor, cor.test, p.adjust; boot 1.3-28.1",
  pairs = grid, tau = tau, rho = rho,
  kendall_untied = list(T = unname(untied_tau$statistic), p = untied_tau$p.value),
  spearman_untied_9 = list(rho = unname(untied_rho$estimate), p = untied_rho$p.value),
  p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"),
  bca = list(estimate = b$t0, draws = b$t[, 1], without_each = without, confidence = 0.9,
             interval = bca)
), "reference.json", digits = 12, auto_unbox = TRUE)
