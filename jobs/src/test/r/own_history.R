# The calibrated interval of AMZN on 2025-11-03 by R's lm: the figures that OwnHistoryAgainstRTest holds ours
# against. Simple returns; market model on 60 days that end 21 days before; windows [0,0] and [-1,1].
#   Rscript jobs/src/test/r/own_history.R > jobs/src/test/resources/study/own_history.csv
d <- read.csv("jobs/src/test/resources/study/amzn_spy_closes.csv", comment.char = "#")
simple <- function(p) c(NA, p[-1] / p[-length(p)] - 1)
y <- simple(d$amzn_close)
m <- simple(d$spy_close)
event <- which(d$trade_date == "2025-11-03")
confidence <- 0.95
estimation <- function(day) (day - 80):(day - 21)
first <- 82 # the first day with 60 returns in its estimation window
fits <- lapply(seq_len(event), function(day) if (day >= first) lm(y[k] ~ m[k], list(k = estimation(day))))
car <- function(day, from, to) {
  fit <- fits[[day]]
  k <- (day + from):(day + to)
  x <- c(length(k), sum(m[k]))
  s <- summary(fit)
  c(sum(y[k]) - sum(x * coef(fit)), s$sigma * sqrt(length(k) + drop(t(x) %*% s$cov.unscaled %*% x)))
}
# The weighted mean of squared standardised returns before each day.
before <- rep(1, event)
for (day in first:(event - 1)) {
  ar <- car(day, 0, 0)
  before[day + 1] <- 0.94 * before[day] + 0.06 * min((ar[1] / ar[2])^2, 9)
}
scale <- function(day, from, to) {
  k <- estimation(day)
  usual <- sqrt(mean((m[k] - mean(m[k]))^2))
  move <- sqrt(mean((m[(day + from):(day + to)] - mean(m[k]))^2)) / (usual * sqrt(2 / pi))
  sqrt(1 + 0.6 * (before[day + from] - 1) + 0.1 * (move - 1))
}
show <- function(name, value) cat(name, ",", sprintf("%.17g", value), "\n", sep = "")
cat("# Made by jobs/src/test/r/own_history.R with R", as.character(getRversion()), "\n")
cat("statistic,value\n")
for (h in 0:1) {
  days <- first:(event - 2 - h) # windows that end before day -1
  days <- days[days - h >= 2]
  u <- sapply(days, function(day) { z <- car(day, -h, h); abs(z[1]) / z[2] / scale(day, -h, h) })
  own <- car(event, -h, h)
  s <- scale(event, -h, h)
  w <- 1 + 0.4 * 2 * h
  n <- length(u)
  label <- paste0("[", -h, " ", h, "]")
  show(paste0("n", label), n)
  show(paste0("scale", label), s)
  show(paste0("p", label), (w + sum(u >= abs(own[1]) / own[2] / s)) / (w + n))
  show(paste0("quantile", label), s * sort(u)[ceiling((w + n) * confidence)])
}
