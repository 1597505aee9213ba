# Market model of AMZN on SPY around 2025-11-03 (OpenAI-AWS), by R's lm and predict: the figures that
# InstrumentStudyTest holds ours against. Simple returns of split-adjusted closes; 250 days ending
# day -11. Run from the repository's root:
#   Rscript jobs/src/test/r/amzn_market_model.R > jobs/src/test/resources/study/amzn_market_model.csv
closes <- read.csv("jobs/src/test/resources/study/amzn_spy_closes.csv", comment.char = "#")
n <- nrow(closes)
simple <- function(p) c(NA, p[-1] / p[-n] - 1)
y <- simple(closes$amzn_close)
m <- simple(closes$spy_close)
day0 <- which(closes$trade_date == "2025-11-03")
est <- (day0 - 260):(day0 - 11)
d <- data.frame(y = y[est], m = m[est])
fit <- lm(y ~ m, d)
s <- summary(fit)$sigma
show <- function(name, value) cat(name, ",", sprintf("%.17g", value), "\n", sep = "")
cat("# Made by jobs/src/test/r/amzn_market_model.R with R", as.character(getRversion()), "\n")
cat("statistic,value\n")
show("alpha", coef(fit)[[1]])
show("beta", coef(fit)[[2]])
show("sigma", s)
show("n", length(est))
show("r_squared", summary(fit)$r.squared)
windows <- list(c(0, 0), c(-1, 1), c(-5, 5), c(0, 20))
for (w in windows) {
  days <- (day0 + w[1]):(day0 + w[2])
  x <- cbind(1, m[days])
  expected <- predict(fit, data.frame(m = m[days]))
  ar <- y[days] - expected
  one <- colSums(x)
  xx <- summary(fit)$cov.unscaled
  se <- s * sqrt(length(days) + drop(t(one) %*% xx %*% one))
  label <- paste0("[", w[1], " ", w[2], "]")
  show(paste0("car", label), sum(ar))
  show(paste0("se", label), se)
  show(paste0("t", label), sum(ar) / se)
  show(paste0("p", label), 2 * pt(-abs(sum(ar) / se), fit$df.residual))
  show(paste0("bhar", label), prod(1 + y[days]) - prod(1 + expected))
}
mean_fit <- lm(y ~ 1, d)
day <- day0
show("mean.alpha", coef(mean_fit)[[1]])
show("mean.sigma", summary(mean_fit)$sigma)
show("mean.ar0", y[day] - coef(mean_fit)[[1]])
show("mean.t0", (y[day] - coef(mean_fit)[[1]]) / (summary(mean_fit)$sigma * sqrt(1 + 1 / length(est))))
diff <- d$y - d$m
show("adjusted.sigma", sd(diff))
show("adjusted.ar0", y[day] - m[day])
show("adjusted.t0", (y[day] - m[day]) / sd(diff))
