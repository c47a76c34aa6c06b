# Which numbers must the aggregation methods reproduce? Computed with R, written to reference.json.
# Run in this folder: Rscript make_reference.R
# (Debian: r-base-core r-cran-multilevel r-cran-psych r-cran-jsonlite)
suppressMessages({library(multilevel); library(psych); library(jsonlite)})
bh <- read.csv("bh1996.csv")
cohesion <- na.omit(read.csv("cohesion.csv"))
items <- cohesion[, 3:7]

icc_numbers <- function(name) {
  fit <- aov(bh[[name]] ~ as.factor(bh$GRP))
  reml <- lme(as.formula(paste(name, "~ 1")), random = ~ 1 | GRP, data = bh)
  between <- as.numeric(VarCorr(reml)[1, 1]); within <- as.numeric(VarCorr(reml)[2, 1])
  list(icc1 = multilevel::ICC1(fit), icc2 = multilevel::ICC2(fit),
       reml_icc = between / (between + within),
       mean_group_reliability = mean(between / (between + within / table(bh$GRP))))
}
null_variance <- list(uniform = 2, slight_skew = 1.34, moderate_skew = 0.90, strong_skew = 0.44)
wellbeing <- bh[bh$WBEING >= 1, ]
ratings <- read.csv(text = "9,2,5,8\n6,1,3,2\n8,4,6,8\n7,1,2,6\n10,5,6,9\n6,2,4,7", header = FALSE)
shrout <- suppressWarnings(suppressMessages(psych::ICC(ratings, lmer = FALSE)$results))
out <- list(
  software = paste(R.version.string, "multilevel", packageVersion("multilevel"), "psych",
                   packageVersion("psych")),
  bh1996 = list(HRS = icc_numbers("HRS"), WBEING = icc_numbers("WBEING")),
  # Shrout & Fleiss (1979), table 2: six cases judged four times.
  shrout_fleiss = list(ratings = unname(as.matrix(ratings)),
                       icc1 = unname(unlist(shrout[1, c("ICC", "lower bound", "upper bound")])),
                       icc1k = unname(unlist(shrout[4, c("ICC", "lower bound", "upper bound")])),
                       f = shrout[1, "F"], p = shrout[1, "p"]),
  # The answers of the complete respondents, as rwg.j and ad.m drop the others.
  cohesion = list(
    rwg_j = lapply(null_variance, function(v) rwg.j(items, cohesion$UNIT, ranvar = v)$rwg.j),
    rwg_item1 = lapply(null_variance, function(v) rwg(items[, 1], cohesion$UNIT, ranvar = v)$rwg),
    ad_mean = ad.m(items, cohesion$UNIT)$AD.M, ad_median = ad.m(items, cohesion$UNIT, "median")$AD.M,
    awg = awg(items, cohesion$UNIT)$a.wg,
    cases = levels(factor(cohesion$UNIT))),
  wellbeing = list(n = nrow(wellbeing), cases = as.character(rwg(wellbeing$WBEING, wellbeing$GRP)$grpid),
    rwg = rwg(wellbeing$WBEING, wellbeing$GRP)$rwg,
    ad_mean = ad.m(wellbeing$WBEING, wellbeing$GRP)$AD.M,
    awg = awg(wellbeing$WBEING, wellbeing$GRP)$a.wg),
  # All answers, those under the scale too: the published mean of rwg over 99 companies.
  wellbeing_all = list(rwg_mean = mean(rwg(bh$WBEING, bh$GRP)$rwg),
                       ad_mean = mean(ad.m(bh$WBEING, bh$GRP)$AD.M)))
write(toJSON(out, digits = 12, auto_unbox = TRUE, pretty = TRUE), "reference.json")
