# Makes reference.json and answers.csv: run `Rscript make_reference.R` in this folder.
# R 4.2.2, ordinal 2022.11-16, lme4 1.1-31, lmerTest 3.1-3, jsonlite.
suppressMessages({library(jsonlite); library(ordinal); library(lmerTest)})

# Answers of 400 workers in 45 municipalities of unequal size, made by chance; 'size' is a
# property of the municipality. Not data about anyone.
set.seed(12)
g <- sort(sample(45, 400, replace = TRUE, prob = runif(45)))
size <- round(rnorm(45), 2)
d <- data.frame(case = sprintf("m%02d", g), a = round(rnorm(400), 2), size = size[g])
latent <- 0.6 * d$a + 0.4 * d$size + 0.8 * rnorm(45)[g] + rlogis(400)
d$answer <- cut(latent, c(-Inf, -2, -0.5, 0.5, 2, Inf), labels = 1:5)
d$score <- round(2 + latent / 3, 3)
write.csv(d, "answers.csv", row.names = FALSE)
d$answer <- factor(d$answer, ordered = TRUE)

wine <- read.csv("wine.csv"); wine$rating <- factor(wine$rating, ordered = TRUE)
wine$judge <- factor(wine$judge)
sleep <- read.csv("sleepstudy.csv"); sleep$Subject <- factor(sleep$Subject)

named <- function(v) as.list(v)
of_clm <- function(m, terms) {
  drop <- drop1(m, test = "Chisq")
  list(coef = named(coef(m)), se = named(sqrt(diag(vcov(m)))), loglik = c(logLik(m)),
       profile = apply(confint(m), 1, function(r) named(unname(r))),
       p = named(setNames(drop[-1, "Pr(>Chi)"], rownames(drop)[-1])))
}
tight <- clmm.control(gradTol = 1e-9, maxIter = 500)
of_clmm <- function(m, null) {
  se <- sqrt(diag(vcov(m)))[seq_along(coef(m))]
  list(coef = named(coef(m)), se = named(se), loglik = c(logLik(m)),
       sd = attr(VarCorr(m)[[1]], "stddev")[[1]],
       p_groups = pchisq(2 * c(logLik(m) - logLik(null)), 1, lower.tail = FALSE) / 2)
}
of_lmer <- function(m) {
  s <- summary(m)$coefficients
  v <- as.data.frame(VarCorr(m))
  list(coef = named(s[, 1]), se = named(s[, 2]), df = named(s[, 3]), p = named(s[, 5]),
       reml = REMLcrit(m), sdcor = v$sdcor)
}
# Profile of the restricted likelihood over the relative spread, as interval of the ICC.
of_shared <- function(formula, data) {
  deviance_of <- lme4::lmer(formula, data, devFunOnly = TRUE)
  best <- optimize(deviance_of, c(0, 10), tol = 1e-10)
  f <- function(t) deviance_of(t) - best$objective - qchisq(0.95, 1)
  ends <- c(if (f(0) < 0) 0 else uniroot(f, c(0, best$minimum), tol = 1e-10)$root,
            uniroot(f, c(best$minimum, 10), tol = 1e-10)$root)
  list(shared = best$minimum^2 / (1 + best$minimum^2), interval = ends^2 / (1 + ends^2))
}

wine_logit <- clm(rating ~ temp + contact, data = wine)
answers_plain <- clm(answer ~ a + size, data = d)
write_json(list(
  source = paste("R 4.2.2, ordinal 2022.11-16 (clm; clmm with 11 quadrature points, gradTol 1e-9),",
                 "lme4 1.1-31, lmerTest 3.1-3, stats::lm; wine: Randall 1989;",
                 "sleepstudy: Belenky et al. 2003"),
  wine_clm = of_clm(wine_logit),
  wine_clm_probit = of_clm(clm(rating ~ temp + contact, data = wine, link = "probit")),
  answers_clm = of_clm(answers_plain),
  wine_clmm = of_clmm(clmm(rating ~ temp + contact + (1 | judge), data = wine, nAGQ = 11,
                           control = tight), wine_logit),
  wine_clmm_probit = of_clmm(clmm(rating ~ temp + contact + (1 | judge), data = wine, nAGQ = 11,
                                  link = "probit", control = tight),
                             clm(rating ~ temp + contact, data = wine, link = "probit")),
  answers_clmm = of_clmm(clmm(answer ~ a + size + (1 | case), data = d, nAGQ = 11,
                              control = tight), answers_plain),
  sleep_intercept = of_lmer(lmer(Reaction ~ Days + (1 | Subject), sleep)),
  sleep_slopes = of_lmer(lmer(Reaction ~ Days + (Days | Subject), sleep)),
  answers_lmer = of_lmer(lmer(score ~ a + size + (1 | case), d)),
  sleep_shared = of_shared(Reaction ~ Days + (1 | Subject), sleep),
  answers_shared = of_shared(score ~ a + size + (1 | case), d),
  answers_lm = local({
    m <- lm(score ~ a + size, d); s <- summary(m)
    list(coef = named(coef(m)), se = named(s$coefficients[, 2]), p = named(s$coefficients[, 4]),
         interval = apply(confint(m), 1, function(r) named(unname(r))), sigma = s$sigma,
         r2 = s$r.squared, adjusted_r2 = s$adj.r.squared)
  })
), "reference.json", digits = 12, auto_unbox = TRUE, pretty = TRUE)
