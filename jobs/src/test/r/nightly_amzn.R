# AMZN on OpenAI-AWS (2025-11-03) from the sample's closes, by R's lm: the figures that NightlyIT
# holds the lake against. Simple returns; 250 days ending day -11, less the days -5 to 20 about
# Amazon's other event in them (2024-11-22); 10,690,216,011 shares. The sector is QQQ. Run from the
# repository's root:
#   Rscript jobs/src/test/r/nightly_amzn.R
bars <- do.call(rbind, lapply(2024:2026, function(year)
  read.csv(gzfile(sprintf("data-samples/bars/us-equities-%d.csv.gz", year)))[, c(1, 2, 6)]))
spy <- read.csv("data-samples/bars/yahoo/SPY.csv")
amzn <- read.csv("data-samples/bars/yahoo/AMZN.csv")
qqq <- bars[bars$instrument_id == "QQQ", ]
closes <- function(dates, prices) as.numeric(prices[match(spy$Date, dates)])
simple <- function(p) c(NA, p[-1] / p[-length(p)] - 1)
p <- closes(amzn$Date, amzn$Close)
y <- simple(p)
m <- simple(as.numeric(spy$Close))
s <- simple(closes(qqq$trade_date, qqq$close))
day0 <- which(spy$Date == "2025-11-03")
other <- which(spy$Date == "2024-11-22")
est <- setdiff((day0 - 260):(day0 - 11), (other - 5):(other + 20))
d <- data.frame(y = y[est], m = m[est], s = s[est])
show <- function(name, value) cat(name, ",", sprintf("%.17g", value), "\n", sep = "")
show("n", length(est))
value <- 10690216011 * p[day0 - 1]
for (model in c("market", "sector")) {
  fit <- if (model == "market") lm(y ~ m, d) else lm(y ~ m + s, d)
  x <- c(1, m[day0], s[day0])[seq_along(coef(fit))]
  ar <- y[day0] - sum(coef(fit) * x)
  se <- summary(fit)$sigma * sqrt(1 + drop(t(x) %*% summary(fit)$cov.unscaled %*% x))
  for (name in names(coef(fit))) show(paste(model, name), coef(fit)[[name]])
  show(paste(model, "car"), ar)
  show(paste(model, "t"), ar / se)
  show(paste(model, "p"), 2 * pt(-abs(ar / se), fit$df.residual))
  show(paste(model, "usd"), ar * value)
  half <- qt(0.975, fit$df.residual) * se * value
  show(paste(model, "low"), ar * value - half)
  show(paste(model, "high"), ar * value + half)
  days <- (day0 - 1):(day0 + 1)
  ars <- y[days] - drop(cbind(1, m[days], s[days])[, seq_along(coef(fit))] %*% coef(fit))
  show(paste(model, "car[-1,1]"), sum(ars))
  show(paste(model, "ar[-1]"), ars[1])
}
