# The model of market and sector on the sample's closes, by R's lm and predict: the figures that
# SectorModelTest holds ours against. Simple returns of closes; 250 days ending day -11; all days of
# the estimation window count. Dollars are of the market value before day 0. Run from the
# repository's root:
#   Rscript jobs/src/test/r/market_sector.R > jobs/src/test/resources/study/market_sector.csv
bars <- do.call(rbind, lapply(2024:2026, function(year)
  read.csv(gzfile(sprintf("data-samples/bars/us-equities-%d.csv.gz", year)))[, c(1, 2, 6)]))
spy <- read.csv("data-samples/bars/yahoo/SPY.csv")
dates <- spy$Date
close_of <- function(id) {
  own <- bars[bars$instrument_id == id, ]
  as.numeric(own$close[match(dates, own$trade_date)])
}
simple <- function(p) c(NA, p[-1] / p[-length(p)] - 1)
m <- simple(as.numeric(spy$Close))
s <- simple(close_of("SMH"))
show <- function(name, value) cat(name, ",", sprintf("%.17g", value), "\n", sep = "")
cat("# Made by jobs/src/test/r/market_sector.R with R", as.character(getRversion()), "\n")
cat("statistic,value\n")
event <- function(id, date, shares) {
  p <- close_of(id)
  y <- simple(p)
  day0 <- which(dates == date)
  est <- (day0 - 260):(day0 - 11)
  d <- data.frame(y = y[est], m = m[est], s = s[est])
  value <- shares * p[day0 - 1]
  for (model in c("market", "sector")) {
    fit <- if (model == "market") lm(y ~ m, d) else lm(y ~ m + s, d)
    expected <- predict(fit, data.frame(m = m[day0], s = s[day0]), interval = "prediction", level = 0.95)
    ar <- y[day0] - expected[1, "fit"]
    x <- c(1, m[day0], s[day0])[seq_along(coef(fit))]
    se <- summary(fit)$sigma * sqrt(1 + drop(t(x) %*% summary(fit)$cov.unscaled %*% x))
    label <- paste(id, model, sep = ".")
    show(paste0(label, ".ar"), ar)
    show(paste0(label, ".se"), se)
    show(paste0(label, ".p"), 2 * pt(-abs(ar / se), fit$df.residual))
    show(paste0(label, ".usd"), ar * value)
    show(paste0(label, ".low"), (y[day0] - expected[1, "upr"]) * value)
    show(paste0(label, ".high"), (y[day0] - expected[1, "lwr"]) * value)
    show(paste0(label, ".market_usd"), coef(fit)[["m"]] * m[day0] * value)
  }
  show(paste0(id, ".sector_usd"), coef(fit)[["s"]] * s[day0] * value)
}
event("AVGO", "2025-10-13", 4722365022)
event("NVDA", "2025-09-18", 24300000000)
