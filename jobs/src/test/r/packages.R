# Figures of R packages, held in GarchTest and AgainstRTest. Needs r-cran-fgarch, r-cran-exactranktests.
#   Rscript jobs/src/test/r/packages.R > jobs/src/test/resources/study/packages.csv
suppressMessages({library(fGarch); library(exactRankTests)})
show <- function(name, value) cat(name, ",", sprintf("%.15g", value), "\n", sep = "")
cat("# Made by jobs/src/test/r/packages.R with R", as.character(getRversion()), "fGarch",
  as.character(packageVersion("fGarch")), "exactRankTests", as.character(packageVersion("exactRankTests")), "\n")
cat("statistic,value\n")
d <- read.csv("jobs/src/test/resources/study/dem_gbp.csv", comment.char = "#")
f <- garchFit(~garch(1, 1), data = d$return_percent, trace = FALSE, init.rec = "mci", algorithm = "nlminb")
for (n in names(f@fit$par)) show(paste0("garch.", n), f@fit$par[[n]])
show("garch.log_likelihood", -f@fit$llh)
s <- predict(f, 12)$standardDeviation
for (i in c(1, 2, 12)) show(paste0("garch.sigma.", i), s[i])
x <- list(ties = c(1, -1, 2, 2, -2, 3, 4, 4, 4, -5, 6, 7, 7, -8),
  zeros = c(0, 0, 1, -1, 2, 2, -2, 3, 4, 4, 4, -5, 6, 7, 7, 8),
  fifty = c(1:20, -(1:15), rep(c(3, 5, -7), 5)))
for (n in names(x)) {
  w <- wilcox.exact(x[[n]][x[[n]] != 0], exact = TRUE)
  show(paste0("wilcoxon.", n, ".w"), unname(w$statistic)); show(paste0("wilcoxon.", n, ".p"), w$p.value)
}
