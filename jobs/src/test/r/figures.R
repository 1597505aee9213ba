# Figures of R that the tests of io.dealimpact.study are held against. No packages.
#   Rscript jobs/src/test/r/figures.R > jobs/src/test/resources/oracles/r-figures.csv
row <- function(name, value) cat(sprintf("%s,%s\n", name, sprintf("%.17g", value)), sep = "")
cat("# Made by jobs/src/test/r/figures.R with", R.version.string, "\n")
cat("name,value\n")

# Wilcoxon: exact two-sided p of every W for n = 8, and of some for n = 20 and 50.
signrank <- function(w, n) min(1, 2 * min(psignrank(w, n), psignrank(w - 1, n, lower.tail = FALSE)))
for (w in 0:36) row(sprintf("signrank-8-%d", w), signrank(w, 8))
for (w in c(0, 40, 52, 105, 160, 210)) row(sprintf("signrank-20-%d", w), signrank(w, 20))
for (w in c(0, 300, 434, 637, 638, 900, 1275)) row(sprintf("signrank-50-%d", w), signrank(w, 50))

# Multiple testing.
p <- c(0.011, 0.02, 0.001, 0.4, 0.02, 0.8, 0.0004)
for (i in seq_along(p)) row(sprintf("holm-%d", i), p.adjust(p, "holm")[i])
for (i in seq_along(p)) row(sprintf("bh-%d", i), p.adjust(p, "BH")[i])

# Two-sided p of Student's t and of the normal, far out too.
for (t in c(0.3, 2.2, 7.5)) for (df in c(1, 4, 310)) row(sprintf("t-%.1f-%d", t, df), 2 * pt(-t, df))
for (z in c(0.3, 2.2, 7.5, 20)) row(sprintf("z-%.1f", z), 2 * pnorm(-z))

# CAR on size and role with HC0..HC3, by the formulas (White 1980; MacKinnon & White 1985).
i <- 1:24
size <- 1e9 * (1 + (i * 37) %% 23)
role <- as.numeric(i %% 3 == 0)
car <- 0.01 + 2e-12 * size - 0.015 * role + 0.02 * sin(i * 1.7) * (1 + size / 1e10)
fit <- lm(car ~ size + role)
X <- cbind(1, size / 1e9, role)
bread <- solve(crossprod(X))
h <- diag(X %*% bread %*% t(X))
u <- residuals(fit)
n <- length(u)
weights <- list(HC0 = rep(1, n), HC1 = rep(n / (n - 3), n), HC2 = 1 / (1 - h), HC3 = 1 / (1 - h)^2)
for (j in 1:3) row(sprintf("coefficient-%d", j), coef(fit)[j])
row("r-squared", summary(fit)$r.squared)
for (kind in names(weights)) {
  V <- bread %*% crossprod(X * (u^2 * weights[[kind]]), X) %*% bread
  se <- sqrt(diag(V)) / c(1, 1e9, 1)
  for (j in 1:3) row(sprintf("%s-%d", kind, j), se[j])
}

# Newey-West error of a mean, with a gap, Bartlett weights, lag 3.
day <- c(1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 15, 16)
x <- 0.01 * sin(day) + 0.002 * day
d <- x - mean(x)
padded <- rep(0, 16)
padded[day] <- d
s <- sum(padded^2)
for (k in 1:3) s <- s + 2 * (1 - k / 4) * sum(padded[1:(16 - k)] * padded[(1 + k):16])
row("newey-west", sqrt(s / (12 * 11)))

# Moments: mean, sd, adjusted Fisher-Pearson skewness.
row("mean", mean(car))
row("sd", sd(car))
m <- car - mean(car)
row("skewness", sqrt(n * (n - 1)) / (n - 2) * mean(m^3) / mean(m^2)^1.5)
