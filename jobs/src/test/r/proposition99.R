# Synthetic California of Abadie, Diamond & Hainmueller 2010, fitted on the sales of 1970 to 1988 alone: the
# figures that DonorPlacebo and SimplexWeights are held against. Needs r-cran-quadprog.
#   Rscript jobs/src/test/r/proposition99.R > jobs/src/test/resources/study/proposition99_figures.csv
suppressMessages(library(quadprog))
d <- read.csv("jobs/src/test/resources/study/proposition99.csv", comment.char = "#", check.names = FALSE)
Y <- as.matrix(d[, -1])
pre <- d$year <= 1988
fit <- function(k, pool) {
  G <- crossprod(Y[pre, pool])
  # More donors than years: a ridge of 1e-9 of their mean square makes G positive definite.
  G <- G + diag(1e-9 * mean(diag(G)), length(pool))
  w <- solve.QP(G, crossprod(Y[pre, pool], Y[pre, k]), cbind(1, diag(length(pool))),
    c(1, rep(0, length(pool))), meq = 1)$solution
  gap <- drop(Y[, k] - Y[, pool] %*% w)
  list(w = w, gap = gap, ratio = mean(gap[!pre]^2) / mean(gap[pre]^2))
}
show <- function(name, value) cat(name, ",", sprintf("%.10g", value), "\n", sep = "")
cat("# Made by jobs/src/test/r/proposition99.R with R", as.character(getRversion()), "quadprog",
  as.character(packageVersion("quadprog")), "\n")
cat("statistic,value\n")
california <- ncol(Y)
donors <- seq_len(california - 1)
f <- fit(california, donors)
for (j in donors) if (f$w[j] > 1e-4) show(paste0("weight.", colnames(Y)[j]), f$w[j])
show("mean_gap", mean(f$gap[!pre]))
show("ratio", f$ratio)
ratios <- sapply(donors, function(k) fit(k, setdiff(donors, k))$ratio)
show("rank", 1 + sum(ratios >= f$ratio))
