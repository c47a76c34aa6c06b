# Which numbers must the weights and their estimates reproduce? Computed with R (package survey).
# Run in this folder: Rscript make_reference.R   (Debian: r-base-core r-cran-survey r-cran-jsonlite)
suppressMessages({library(survey); library(jsonlite)})
strat <- read.csv("apistrat.csv"); clus <- read.csv("apiclus1.csv")
numbers <- function(x) list(est = unname(as.vector(coef(x))), se = unname(as.vector(SE(x))))
dstrat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = strat, fpc = ~fpc)
dclus <- svydesign(id = ~dnum, weights = ~pw, data = clus, fpc = ~fpc)
open <- svydesign(id = ~dnum, weights = ~pw, data = clus)
stype <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
raked <- rake(dclus, list(~stype, ~sch.wide), list(stype, wide),
              control = list(maxit = 500, epsilon = 1e-10, verbose = FALSE))
post <- postStratify(dclus, ~stype, stype)
set.seed(1)
uneven <- transform(clus, pw = round(exp(rnorm(nrow(clus))), 3))
duneven <- svydesign(id = ~dnum, weights = ~pw, data = uneven)
puneven <- postStratify(duneven, ~stype, stype)
by_type <- svyby(~api00, ~stype, dstrat, svymean)
gaps <- strat; gaps$api00[seq(3, nrow(gaps), 7)] <- NA
dgaps <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = gaps, fpc = ~fpc)
out <- list(
  software = paste(R.version.string, "survey", packageVersion("survey")),
  strat = list(mean = numbers(svymean(~api00, dstrat)), total = numbers(svytotal(~enroll, dstrat)),
    deff = as.vector(deff(svymean(~api00, dstrat, deff = TRUE))),
    interval = as.vector(confint(svymean(~api00, dstrat), df = degf(dstrat))), degf = degf(dstrat),
    by_type = list(stype = by_type$stype, est = by_type$api00, se = by_type$se),
    with_gaps = numbers(svymean(~api00, dgaps, na.rm = TRUE))),
  clus = list(mean = numbers(svymean(~api00, dclus)), open = numbers(svymean(~api00, open)),
    degf = degf(dclus)),
  rake = list(weights = unname(weights(raked)), mean = numbers(svymean(~api00, raked)),
    total = numbers(svytotal(~enroll, raked))),
  poststrat = list(weights = unname(weights(post)), mean = numbers(svymean(~api00, post)),
    total = numbers(svytotal(~enroll, post))),
  uneven = list(base = uneven$pw, weights = unname(weights(puneven)),
    mean = numbers(svymean(~api00, puneven)), total = numbers(svytotal(~enroll, puneven))))
write(toJSON(out, digits = 12, auto_unbox = TRUE, pretty = TRUE), "reference.json")
