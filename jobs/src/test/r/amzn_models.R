# The other return models around 2025-11-03 for AMZN, by R's lm, quadprog and nlminb: the figures that
# AmazonModelsTest holds ours against. Simple returns; 250 days ending day -11; windows [0,0], [-1,1].
#   Rscript jobs/src/test/r/amzn_models.R > jobs/src/test/resources/study/amzn_models.csv
suppressMessages(library(quadprog))
d <- read.csv("jobs/src/test/resources/study/amzn_spy_closes.csv", comment.char = "#")
f <- read.csv("jobs/src/test/resources/study/amzn_factors_peers.csv", comment.char = "#")
n <- nrow(d)
simple <- function(p) c(NA, p[-1] / p[-n] - 1)
y <- simple(d$amzn_close)
m <- simple(d$spy_close)
day0 <- which(d$trade_date == "2025-11-03")
est <- (day0 - 260):(day0 - 11)
windows <- list(c(0, 0), c(-1, 1))
show <- function(...) {
  a <- list(...)
  cat(paste(a[-length(a)], collapse = "."), ",", sprintf("%.17g", a[[length(a)]]), "\n", sep = "")
}
cat("# Made by jobs/src/test/r/amzn_models.R with R", as.character(getRversion()), "\n")
cat("statistic,value\n")

# X: design of all days; o: offset of all days; b: coefficients; s, xx: of the estimation window
report <- function(name, X, o, b, s, xx, y1 = y) {
  for (j in seq_along(b)) show(name, paste0("b", j - 1), b[[j]])
  show(name, "sigma", s)
  for (w in windows) {
    days <- (day0 + w[1]):(day0 + w[2])
    car <- sum(y1[days] - o[days] - X[days, , drop = FALSE] %*% b)
    one <- colSums(X[days, , drop = FALSE])
    se <- s * sqrt(length(days) + drop(t(one) %*% xx %*% one))
    show(name, paste0("car", length(days)), car)
    show(name, paste0("se", length(days)), se)
  }
}
ols <- function(name, X, o) {
  z <- y - o
  fit <- lm(z[est] ~ 0 + X[est, , drop = FALSE])
  report(name, X, o, coef(fit), summary(fit)$sigma, summary(fit)$cov.unscaled)
}
one <- rep(1, n)
F <- function(...) as.matrix(cbind(one, f[, c(...)]))
ols("capm", matrix(m - f$rf), f$rf)
ols("fama-french-3", F("mkt_rf", "smb", "hml"), f$rf)
ols("carhart-4", F("mkt_rf", "smb", "hml", "umd"), f$rf)
ols("fama-french-5", F("mkt_rf", "smb", "hml", "rmw", "cma"), f$rf)
ols("fama-french-5-momentum", F("mkt_rf", "smb", "hml", "rmw", "cma", "umd"), f$rf)
ols("factors:smb+hml", F("smb", "hml"), f$rf)
P <- sapply(f[, c("msft", "googl", "meta", "orcl", "nvda")], simple)
ols("peer-portfolio", cbind(one, rowMeans(P)), 0 * one)
# value-weighted with made-up market values: close times 1, 2, 3, 4, 5
caps <- sweep(as.matrix(f[, colnames(P)]), 2, 1:5, "*")
lagged <- rbind(NA, caps[-n, ])
ols("peer-portfolio-value-weighted", cbind(one, rowSums(P * lagged) / rowSums(lagged)), 0 * one)

# leads and lags
at <- function(shift) m[est + shift]
lead_lag <- function(name, beta) {
  alpha <- mean(y[est]) - beta * mean(m[est])
  e <- y[est] - alpha - beta * m[est]
  X <- cbind(1, m)
  report(name, X, 0 * one, c(alpha, beta), sqrt(sum(e^2) / (length(est) - 2)), solve(crossprod(X[est, ])))
}
slope <- function(x) coef(lm(y[est] ~ x))[[2]]
rho <- function(k) cor(at(0), at(-k))
lead_lag("scholes-williams", (slope(at(-1)) + slope(at(0)) + slope(at(1))) / (1 + 2 * rho(1)))
b1 <- coef(lm(y[est] ~ at(-1) + at(0) + at(1)))[-1]
b2 <- coef(lm(y[est] ~ at(-2) + at(-1) + at(0) + at(1) + at(2)))[-1]
lead_lag("dimson", sum(b1))
lead_lag("dimson:2", sum(b2))
lead_lag("dimson-fowler-rorke", sum(b1 * c(1, 0, 1)) * (1 + rho(1)) / (1 + 2 * rho(1)) + b1[[2]])
den <- 1 + 2 * rho(1) + 2 * rho(2)
w1 <- (1 + 2 * rho(1) + rho(2)) / den
w2 <- (1 + rho(1) + rho(2)) / den
lead_lag("dimson-fowler-rorke:2", sum(b2 * c(w2, w1, 1, w1, w2)))

# trade-to-trade: without the closes of some days
p <- d$amzn_close
gone <- sort(unique(c(seq(day0 - 250, day0 - 20, by = 9), seq(day0 - 249, day0 - 20, by = 27), day0 - 1)))
p[gone] <- NA
last <- c(NA, sapply(2:n, function(t) { k <- which(!is.na(p[1:(t - 1)])); if (length(k)) max(k) else NA }))
R <- p / p[last] - 1
days <- seq_len(n) - last
M <- d$spy_close / d$spy_close[last] - 1
ok <- est[!is.na(R[est])]
fit <- lm(R[ok] ~ 0 + days[ok] + M[ok], weights = 1 / days[ok])
show("trade-to-trade", "b0", coef(fit)[[1]])
show("trade-to-trade", "b1", coef(fit)[[2]])
show("trade-to-trade", "sigma", summary(fit)$sigma)
show("trade-to-trade", "n", length(ok))
for (w in windows) {
  k <- (day0 + w[1]):(day0 + w[2])
  k <- k[!is.na(R[k])]
  x <- c(sum(days[k]), sum(M[k]))
  show("trade-to-trade", paste0("car", w[2] - w[1] + 1), sum(R[k]) - sum(x * coef(fit)))
  show("trade-to-trade", paste0("se", w[2] - w[1] + 1),
    summary(fit)$sigma * sqrt(sum(days[k]) + drop(t(x) %*% summary(fit)$cov.unscaled %*% x)))
}

# synthetic control
G <- crossprod(P[est, ]) * 1e4
qp <- solve.QP(G, crossprod(P[est, ], y[est]) * 1e4, cbind(1, diag(5)), c(1, rep(0, 5)), meq = 1)
w <- qp$solution
w[w < 1e-9] <- 0
for (j in 1:5) show("synthetic-control", paste0("b", j - 1), w[j])
gap <- y - P %*% w
s <- sqrt(sum((gap[est] - mean(gap[est]))^2) / (length(est) - sum(w > 0)))
show("synthetic-control", "sigma", s)
show("synthetic-control", "car1", gap[day0])
show("synthetic-control", "car3", sum(gap[(day0 - 1):(day0 + 1)]))
# The weights sum to 1: least squares of the differences from one donor in use, without a constant.
used <- which(w > 0)
D <- P[, used[-1]] - P[, used[1]]
cov <- summary(lm(I(y - P[, used[1]])[est] ~ D[est, ] - 1))$cov.unscaled
x <- colSums(D[(day0 - 1):(day0 + 1), ])
show("synthetic-control", "se3", s * sqrt(3 + drop(t(x) %*% cov %*% x)))
# The placebo in space: each donor by the other four; ratios of mean squared gaps.
ratio <- function(y, P, days) {
  k <- ncol(P)
  q <- solve.QP(crossprod(P[est, ]) * 1e4, crossprod(P[est, ], y[est]) * 1e4, cbind(1, diag(k)),
    c(1, rep(0, k)), meq = 1)
  g <- drop(y - P %*% q$solution)
  mean(g[days]^2) / mean(g[est]^2)
}
for (h in 0:1) {
  days <- (day0 - h):(day0 + h)
  donors <- sapply(1:5, function(j) ratio(P[, j], P[, -j], days))
  show("synthetic-control", paste0("donor_p", 2 * h + 1), (1 + sum(donors >= ratio(y, P, days))) / 6)
}

# GARCH(1,1) and EGARCH(1,1) errors: likelihood maximised by nlminb, then polished by optim
e0 <- resid(lm(y[est] ~ m[est]))
sc <- sd(e0)
Y <- y[est] / sc
X <- m[est] / sc
c1 <- sqrt(2 / pi)
path <- function(th, kind) {
  e <- Y - th[1] - th[2] * X
  h <- numeric(length(e) + 1)
  v <- mean(e^2)
  if (kind == "garch") {
    q <- v
    g <- v
    for (t in seq_along(h)) {
      h[t] <- th[3] + th[4] * q + th[5] * g
      if (t <= length(e)) { q <- e[t]^2; g <- h[t] }
    }
  } else {
    l <- log(v)
    z <- 0
    a <- c1
    for (t in seq_along(h)) {
      l <- th[3] + th[6] * l + th[4] * (a - c1) + th[5] * z
      h[t] <- exp(l)
      if (t <= length(e)) { z <- e[t] / sqrt(h[t]); a <- abs(z) }
    }
  }
  list(e = e, h = h)
}
nll <- function(th, kind) {
  p <- path(th, kind)
  h <- p$h[seq_along(p$e)]
  if (any(!is.finite(h)) || any(h <= 0)) return(1e10)
  0.5 * sum(log(2 * pi) + log(h) + p$e^2 / h)
}
ab <- coef(lm(Y ~ X))
best <- function(kind, starts, lower, upper) {
  r <- NULL
  for (s0 in starts) {
    q <- nlminb(c(ab, s0), nll, kind = kind, lower = lower, upper = upper,
      control = list(eval.max = 5000, iter.max = 5000, rel.tol = 1e-15, x.tol = 1e-12))
    for (i in 1:5) q <- nlminb(q$par, nll, kind = kind, lower = lower, upper = upper,
      control = list(eval.max = 5000, iter.max = 5000, rel.tol = 1e-15, x.tol = 1e-12))
    if (is.null(r) || q$objective < r$objective) r <- q
  }
  r
}
g <- best("garch", list(c(.05, .05, .9), c(.1, .1, .8), c(.3, .2, .5), c(.6, .3, .1)),
  c(-Inf, -Inf, 1e-9, 0, 0), c(Inf, Inf, Inf, 1, 1))
eg <- best("egarch", list(c(0, .1, 0, .9), c(0, .2, -.1, .5), c(0, .2, 0, 0)),
  c(-Inf, -Inf, -Inf, -Inf, -Inf, -.9999), c(Inf, Inf, Inf, Inf, Inf, .9999))
out <- function(name, q, kind) {
  show(name, "log_likelihood", -q$objective - length(est) * log(sc))
  show(name, "b0", q$par[[1]] * sc)
  show(name, "b1", q$par[[2]])
  h <- path(q$par, kind)$h
  show(name, "next_sigma", sqrt(h[length(h)]) * sc)
  if (kind == "garch") {
    show(name, "omega", q$par[[3]] * sc^2); show(name, "arch", q$par[[4]]); show(name, "garch", q$par[[5]])
    f <- h[length(h)]
    for (i in 2:11) f <- q$par[[3]] + (q$par[[4]] + q$par[[5]]) * f
    show(name, "day0_sigma", sqrt(f) * sc)
  } else {
    show(name, "omega", q$par[[3]] + (1 - q$par[[6]]) * 2 * log(sc))
    show(name, "arch", q$par[[4]]); show(name, "leverage", q$par[[5]]); show(name, "garch", q$par[[6]])
    set.seed(1)
    l <- rep(log(h[length(h)]), 4e6)
    for (i in 2:11) { z <- rnorm(4e6); l <- q$par[[3]] + q$par[[6]] * l + q$par[[4]] * (abs(z) - c1) + q$par[[5]] * z }
    show(name, "day0_sigma_simulated", sqrt(mean(exp(l))) * sc)
  }
}
out("market-model-garch", g, "garch")
out("market-model-egarch", eg, "egarch")
