# Every test over events on simulated returns with days missing, by formulas written down here from
# the papers without looking at the Java, with sandwich for clustered, HAC and HC errors; and the
# peers: estudy after its source; eventstudy2 line by line after its Mata functions KOLARI and TESTSTATS (version 3.0,
# T. Kaspereit, the names kept), sas after the macro EVTSTUDY of WRDS. RaggedTest holds ours against it.
#   Rscript jobs/src/test/r/ragged.R jobs/src/test/resources/study
# writes ragged_returns.csv and ragged.csv. Needs r-cran-sandwich.
suppressMessages(library(sandwich))
out <- commandArgs(TRUE)[1]
set.seed(20251103)
N <- 12; M <- 60; event <- -3:3; est <- -70:-11; L0 <- length(event)
days <- c(est, event)
market <- matrix(round(rnorm(N * length(days), 3e-4, 0.011), 6), length(days), N)
common <- rnorm(length(days))
firm <- sapply(1:N, function(i) {
  e <- sqrt(0.1) * common + sqrt(0.9) * rt(length(days), 5) / sqrt(5 / 3)
  round(2e-4 + (0.6 + 0.07 * i) * market[, i] + (0.008 + 0.001 * i) * e + (days == 0) * 0.006, 6)
})
for (i in c(2, 5, 9)) firm[sample(1:M, 3 * i), i] <- NA      # each firm its own days
firm[c(4, 5, 6, 31), c(3, 4, 7)] <- NA                       # three firms the same days
firm[M + 6, 11] <- NA                                        # day 2 of firm 11
firm[, 6] <- round(firm[, 6], 3); firm[, 8] <- round(firm[, 8], 2) # returns that tie, under the mean model
instrument <- (0:(N - 1)) %% 7
date <- 19000 + (0:(N - 1)) %% 5
d <- data.frame(firm = rep(0:(N - 1), each = length(days)), day = rep(days, N),
  ret = as.vector(firm), market = as.vector(market))
con <- file(file.path(out, "ragged_returns.csv"), "w")
cat("# Made by jobs/src/test/r/ragged.R\nfirm,day,return,market\n", file = con)
cat(sprintf("%d,%d,%s,%.6f\n", d$firm, d$day, ifelse(is.na(d$ret), "", sprintf("%.6f", d$ret)), d$market),
  sep = "", file = con)
close(con)
con <- file(file.path(out, "ragged.csv"), "w")
cat("# Made by jobs/src/test/r/ragged.R with R", as.character(getRversion()), "\n", file = con)
cat("model,test,variant,start,end,n,statistic,p\n", file = con)
model <- ""; window <- c(0, 0)
row <- function(test, variant, n, statistic, p) cat(sprintf("%s,%s,%s,%d,%d,%d,%.17g,%.17g\n",
  model, test, variant, window[1], window[2], as.integer(n), statistic, p), file = con)
z2 <- function(z) 2 * pnorm(-abs(z))
t2 <- function(t, df) 2 * pt(-abs(t), df)

measure <- function(kind) {
  e <- c()
  for (i in 1:N) {
    y <- firm[, i]; x <- market[, i]; a <- 1:M; ok <- a[!is.na(y[a])]
    if (kind == "market") {
      f <- lm(y[ok] ~ x[ok]); X <- cbind(1, x)
      ar <- y - drop(X %*% coef(f)); s <- summary(f)$sigma; xx <- solve(crossprod(X[ok, ]))
      h <- rowSums((X %*% xx) * X)
      e[[i]] <- list(ar = ar, s = s, h = h, X = X, xx = xx, df = length(ok) - 2, k = 2, T = length(ok))
    } else if (kind == "mean") {
      ar <- y - mean(y[ok]); s <- sd(y[ok])
      e[[i]] <- list(ar = ar, s = s, h = rep(1 / length(ok), length(y)), X = matrix(1, length(y), 1),
        xx = matrix(1 / length(ok)), df = length(ok) - 1, k = 1, T = length(ok))
    } else {
      ar <- y - x; s <- sd(ar[ok])
      e[[i]] <- list(ar = ar, s = s, h = 0 * ar + 0, X = matrix(0, length(y), 1), xx = matrix(0),
        df = length(ok) - 1, k = 0, T = length(ok))
      e[[i]]$h <- rep(0, length(y))
    }
  }
  e
}

textbook <- function(ev) {
  w <- which(days >= window[1] & days <= window[2]); L <- length(w)
  AR <- sapply(ev, `[[`, "ar"); s <- sapply(ev, `[[`, "s"); df <- sapply(ev, `[[`, "df")
  car <- colSums(AR[w, , drop = FALSE])
  scar <- sapply(ev, function(v) sum(v$ar[w]) / (v$s * sqrt(L + sum(colSums(v$X[w, , drop = FALSE]) %*% v$xx * colSums(v$X[w, , drop = FALSE])))))
  csar <- sapply(ev, function(v) sum(v$ar[w] / (v$s * sqrt(1 + v$h[w]))))
  has <- !is.na(car); n <- sum(has); q <- df / (df - 2)
  tt <- t.test(car[has])
  row("cross-sectional-t", "textbook", n, unname(tt$statistic), tt$p.value)
  aar <- rowMeans(AR[1:M, ], na.rm = TRUE)
  cda <- mean(car[has]) / (sd(aar) * sqrt(L))
  row("cda-t", "textbook", n, cda, t2(cda, M - 1))
  patell <- sum(scar[has]) / sqrt(sum(q[has]))
  row("patell", "textbook", n, patell, z2(patell))
  pc <- sum(csar[has] / sqrt(L * q[has])) / sqrt(n)
  row("patell-csar", "textbook", n, pc, z2(pc))
  tb <- t.test(scar[has]); bmp <- unname(tb$statistic)
  row("bmp", "textbook", n, bmp, tb$p.value)
  # mean correlation: pooled over days that two events share; and pair by pair
  Z <- scale(AR[1:M, ]); sum_ab <- 0; m_ab <- 0; cors <- c()
  for (i in 1:(N - 1)) for (j in (i + 1):N) {
    both <- !is.na(Z[, i]) & !is.na(Z[, j])
    sum_ab <- sum_ab + sum(Z[both, i] * Z[both, j]); m_ab <- m_ab + sum(both)
    cors <- c(cors, cor(AR[1:M, i], AR[1:M, j], use = "complete.obs"))
  }
  pooled <- sum_ab / (m_ab * (1 - 1 / M))
  for (v in list(list("textbook", pooled), list("pairwise", mean(cors)))) {
    r <- v[[2]]
    ap <- patell / sqrt(1 + (n - 1) * r)
    row("adjusted-patell", v[[1]], n, ap, z2(ap))
    ab <- bmp * sqrt((1 - r) / (1 + (n - 1) * r))
    row("adjusted-bmp", v[[1]], n, ab, t2(ab, n - 1))
  }
  x <- car[has]; S <- mean(x) / sd(x); m3 <- mean((x - mean(x))^3); m2 <- mean((x - mean(x))^2)
  g <- sqrt(n * (n - 1)) / (n - 2) * m3 / m2^1.5
  hall <- sqrt(n) * (S + g * S^2 / 3 + g^2 * S^3 / 27 + g / (6 * n))
  row("skewness-t", "textbook", n, hall, z2(hall))
  john <- sqrt(n) * (S + g * S^2 / 3 + g / (6 * n))
  row("johnson-t", "textbook", n, john, t2(john, n - 1))
  K <- apply(AR, 2, function(a) { r <- rank(a, na.last = "keep"); r / (sum(!is.na(a)) + 1) - 0.5 })
  G <- apply(AR, 2, function(a) sign(a - median(a, na.rm = TRUE)))
  for (v in list(list("corrado-rank", K), list("corrado-zivney-sign", G))) {
    kappa <- rowSums(v[[2]], na.rm = TRUE) / sqrt(rowSums(!is.na(v[[2]])))
    z <- sqrt(L) * mean(kappa[w]) / sqrt(mean(kappa^2))
    row(v[[1]], "textbook", min(rowSums(!is.na(AR[w, , drop = FALSE]))), z, z2(z))
  }
  pos <- sum(x > 0); zero <- sum(x == 0)
  sg <- (pos - (n - zero) / 2) / sqrt((n - zero) / 4)
  row("sign", "textbook", n - zero, sg, z2(sg))
  row("binomial-sign", "textbook", n - zero, pos, binom.test(pos, n - zero)$p.value)
  ph <- mean(apply(AR[1:M, ], 2, function(a) mean(a > 0, na.rm = TRUE)))
  gs <- (pos - n * ph) / sqrt(n * ph * (1 - ph))
  row("generalized-sign", "textbook", n, gs, z2(gs))
  W <- wilcox.test(x, exact = TRUE)
  V <- unname(W$statistic)
  row("wilcoxon", "rank-sum", n, V, W$p.value)
  wz <- wilcox.test(x, exact = FALSE, correct = FALSE)
  row("wilcoxon", "normal", n, (V - n * (n + 1) / 4) / sqrt(n * (n + 1) * (2 * n + 1) / 24), wz$p.value)
  theta <- function(a) mean(a) / sd(a)
  J <- sapply(seq_along(x), function(i) n * theta(x) - (n - 1) * theta(x[-i]))
  jt <- t.test(J)
  row("jackknife", "textbook", n, unname(jt$statistic), jt$p.value)
  dd <- data.frame(x = x, date = date[has], firm = instrument[has])
  fit <- lm(x ~ 1, dd)
  tw <- mean(x) / sqrt(drop(vcovCL(fit, cluster = ~ date + firm, type = "HC0", cadjust = TRUE)))
  row("two-way-clustered", "textbook", n, tw, t2(tw, min(length(unique(dd$date)), length(unique(dd$firm))) - 1))
  # calendar time: portfolios of trading day date + relative day
  port <- function(value) {
    long <- do.call(rbind, lapply(1:N, function(i) data.frame(t = date[i] + days[w], v = value[w, i])))
    long[!is.na(long$v), ]
  }
  SAR <- sapply(ev, function(v) v$ar / (v$s * sqrt(1 + v$h)))
  for (v in c("textbook", "standardized")) {
    long <- port(if (v == "textbook") AR else SAR)
    p <- tapply(long$v, long$t, if (v == "textbook") mean else function(a) sum(a) / sqrt(length(a)))
    p <- as.vector(p); T <- length(p); H <- if (T < 200) 0 else floor(4 * (T / 100)^(2 / 9)) # lags make a short series too certain
    se <- sqrt(drop(NeweyWest(lm(p ~ 1), lag = H, prewhite = FALSE, adjust = TRUE)))
    row("calendar-time", v, N, mean(p) / se, t2(mean(p) / se, T - 1))
  }
  # GRANK
  star <- scar / sd(scar[has])
  U <- sapply(1:N, function(i) {
    a <- c(ev[[i]]$ar[1:M] / (ev[[i]]$s * sqrt(1 + ev[[i]]$h[1:M])), star[i])
    rank(a, na.last = "keep") / (sum(!is.na(ev[[i]]$ar[1:M])) + 2) - 0.5
  })
  U <- U[, has]
  Ub <- rowMeans(U, na.rm = TRUE); nt <- rowSums(!is.na(U))
  Sg <- sqrt(mean(nt / n * Ub^2)); Z <- Ub[M + 1] / Sg; Td <- M + 1
  gt <- Z * sqrt((Td - 2) / (Td - 1 - Z^2))
  row("grank-t", "textbook", n, gt, t2(gt, Td - 2))
  gz <- sqrt(12 * n * (M + 2) / M) * Ub[M + 1]
  row("grank-z", "textbook", n, gz, z2(gz))
  # sas
  sc <- x / (s[has] * sqrt(L)); ts <- t.test(sc)
  row("cross-sectional-t", "sas", n, unname(tt$statistic), tt$p.value)
  row("patell", "sas", n, mean(sc) * sqrt(n), z2(mean(sc) * sqrt(n)))
  row("bmp", "sas", n, unname(ts$statistic), ts$p.value)
  sz <- (mean(x > 0) - 0.5) / sqrt(0.25 / n)
  row("sign", "sas", n, sz, z2(sz))
}

# Stata's eventstudy2. Matrices have days in rows and firms in columns; : operators are R's own.
ranks <- function(X) apply(X, 2, rank, na.last = "keep")
ind <- function(X) ifelse(is.na(X), NA, 1)
rs <- function(X) rowSums(X, na.rm = TRUE)
cs <- function(X) colSums(X, na.rm = TRUE)
down <- function(v, n) matrix(v, n, length(v), byrow = TRUE)
eventstudy2 <- function(ev, NOMARKET) {
  df <- 0
  w <- which(days >= window[1] & days <= window[2]); one <- length(w) == 1
  rows_e <- if (one) which(days %in% event) else w
  ALL <- sapply(ev, `[[`, "ar")
  AR <- ALL[1:M, ]; ARE <- ALL[rows_e, , drop = FALSE]
  if (!one) ARE[, is.na(colSums(ARE))] <- NA      # eventstudy2 drops what does not end the window
  stdf <- sapply(ev, function(v) if (v$k == 0) rep(sqrt(sum(v$ar[1:M]^2, na.rm = TRUE) / v$T), length(v$ar)) else v$s * sqrt(1 + v$h))
  STDF <- stdf[1:M, ]; STDFE <- stdf[rows_e, , drop = FALSE]
  STDFE[is.na(ARE)] <- NA
  MR <- market[1:M, ]; MRE <- market[rows_e, , drop = FALSE]
  MR[is.na(AR)] <- NA                             # market returns of days the firm has none of do not enter our fit
  # KOLARI
  TEst <- cs(ind(AR)); si <- sqrt(cs(AR^2) / (TEst - (2 + df)))
  VEst <- AR / down(si, M) / sqrt(STDF / down(si, M))
  p <- c()
  for (i in 1:N) for (j in 1:N) if (i != j) p <- c(p, cor(VEst[, i], VEst[, j], use = "complete.obs"))
  rK <- mean(p); nK <- round(0.5 + sqrt(0.25 + length(p)))
  KolariADJ <- sqrt((1 - rK) / (1 + (nK - 1) * rK))
  # TESTSTATS
  R <- nrow(ARE); T <- TEst; Nt <- rs(ind(ARE))
  AAR <- rowMeans(AR, na.rm = TRUE); AARE <- rowMeans(ARE, na.rm = TRUE)
  run <- function(X) apply(X, 2, function(a) { a[is.na(a)] <- 0; cumsum(a) })
  if (R == 1) run <- function(X) { X[is.na(X)] <- 0; X }
  CAARE <- rs(run(ARE) * ind(ARE)) / Nt
  Vit <- ARE / down(si, R) / sqrt(STDFE / down(si, R))
  scale <- sqrt(sum((T - (2 + df)) / (T - (4 + df))))
  Zvt <- rs(Vit) / scale
  L <- run(ind(ARE)) * ind(ARE)
  WiL <- run(Vit / sqrt(L)) * ind(ARE); if (R == 1) WiL <- Vit
  ZWL <- rs(WiL) / scale
  NAARE <- AARE / sqrt(rs(STDFE^2) / Nt^2)
  Rmbar <- colMeans(MR, na.rm = TRUE); denom <- cs((MR - down(Rmbar, M))^2)
  nomcum <- run(MRE - L * down(Rmbar, R))^2
  Citcum <- if (NOMARKET) L else L + L / matrix(Nt, R, N) + nomcum / down(denom, R)
  sicum <- down(si, R) * sqrt(Citcum)
  NCAARE <- CAARE / sqrt(rs(sicum^2) / Nt^2)
  VARC <- var(AAR) * (M - 1) / (M - (2 + df))
  colvar <- function(X) apply(X, 1, var, na.rm = TRUE)
  BO <- rs(Vit) / Nt / sqrt(colvar(Vit) / Nt); CBO <- rs(WiL) / Nt / sqrt(colvar(WiL) / Nt)
  TOT <- rbind(AR, ARE); RK <- ranks(TOT); E <- cs(ind(TOT)) / 2 + 0.5
  SKb <- rs(RK - down(E, nrow(TOT))) / rs(ind(TOT))
  NCORR <- SKb / sqrt(sum(SKb^2) / nrow(TOT))
  KD <- cumsum(rs(RK[(M + 1):nrow(TOT), , drop = FALSE])) / cumsum(Nt)
  nom <- cumsum(rs(down(E, R) * ind(ARE))) / cumsum(Nt)
  Kt <- rs(RK) / rs(ind(TOT)); D56 <- rs(down(E, nrow(TOT)) * ind(TOT)) / rs(ind(TOT))
  NCC <- sqrt(1:R) * (KD - nom) / sqrt(sum((Kt - D56)^2) / nrow(TOT))
  sdts <- sqrt(apply(AR, 2, var, na.rm = TRUE) * T / (T - 1))
  ARSTD <- AR / down(sdts, M); ARESTD <- ARE / down(sdts, R)
  cross <- sqrt(colvar(ARESTD) * Nt / (Nt - 1))
  TZ <- rbind(ARSTD, ARESTD / cross); U <- ranks(TZ) / down(cs(ind(TZ)) + 1, nrow(TZ))
  SU <- rs(U - 0.5) / sqrt(rs(ind(TZ)))
  NZ <- SU / sqrt(sum(SU^2) / nrow(TZ))
  KDZ <- cumsum(rs(U[(M + 1):nrow(TZ), , drop = FALSE])) / cumsum(Nt)
  KtZ <- rs(U) / rs(ind(TZ))
  NCZ <- sqrt(1:R) * (KDZ - 0.5) / sqrt(sum((KtZ - 0.5)^2) / nrow(TZ))
  pp <- sum(sign(AR), na.rm = TRUE) / (2 * sum(ind(AR), na.rm = TRUE)) + 0.5
  gsn <- function(X) (rs(sign(sign(X) + 1)) - Nt * pp) / sqrt(Nt * pp * (1 - pp))
  wil <- function(v) { v <- v[!is.na(v)]; n <- length(v); S <- sum(sign(sign(v) + 1) * rank(abs(v)))
    (S - n * (n + 1) / 4) / sqrt(n * (n + 1) * (2 * n + 1) / 24) }
  at <- if (one) which(event == window[1]) else R
  n <- Nt[at]; f <- M - (2 + df)
  put <- function(test, x, p) row(test, "eventstudy2", n, x, p)
  pick <- function(day, cum) if (one) day[at] else cum[at]
  a <- pick(NAARE, NCAARE); put("brown-warner-1980", a, t2(a, f))
  a <- pick(AARE / sqrt(VARC), CAARE / sqrt((1:R) * VARC)); put("cda-t", a, t2(a, f))
  a <- pick(Zvt, ZWL); put("patell", a, z2(a)); put("adjusted-patell", a * KolariADJ, z2(a * KolariADJ))
  a <- pick(BO, CBO); put("bmp", a, t2(a, f)); put("adjusted-bmp", a * KolariADJ, t2(a * KolariADJ, f))
  a <- pick(NCORR[(M + 1):nrow(TOT)], NCC); put("corrado-rank", a, z2(a))
  a <- pick(NZ[(M + 1):nrow(TZ)], NCZ); put("corrado-zivney-rank", a, z2(a))
  a <- pick(gsn(ARE), gsn(run(ARE) * ind(ARE))); put("generalized-sign", a, z2(a))
  a <- if (one) wil(ARE[at, ]) else wil(as.vector(ARE)); put("wilcoxon", a, z2(a))
  if (!one) {
    star <- WiL[R, ] * KolariADJ / sqrt(var(WiL[R, ], na.rm = TRUE) / Nt[R])
    TG <- rbind(AR / down(si, M), star); RG <- ranks(TG)
    U <- RG / down(cs(ind(RG)) + 1, nrow(TG)) - 0.5
    Ub <- rs(U) / rs(ind(U)); TG1 <- nrow(TG) - 1
    Sb <- sqrt(sum(rs(ind(U[1:M, ])) / sum(!is.na(star)) * Ub[1:M]^2) / TG1)
    ZG <- Ub[M + 1] / Sb; tg <- ZG * sqrt((TG1 - 2) / (TG1 - 1 - ZG^2))
    put("grank-t", tg, t2(tg, TG1 - 2))
  }
}

# estudy after its source (version 2.1.2, Pacicco, Vena & Venegoni), events with every day of the window.
estudy <- function(ev, kind) {
  w <- which(days >= window[1] & days <= window[2]); L <- length(w)
  keep <- sapply(ev, function(v) !anyNA(v$ar[w])); n <- sum(keep)
  AR <- sapply(ev, function(v) v$ar[1:M])[, keep]; CARS <- sapply(ev, function(v) sum(v$ar[w]))[keep]
  m <- colSums(!is.na(AR)); v <- apply(AR, 2, var, na.rm = TRUE)
  x <- market[, keep]
  C <- L * v
  if (kind == "mean") C <- C * (1 + L / m)
  if (kind == "market") C <- v * (L + L^2 / m + colSums(x[w, , drop = FALSE] - down(colMeans(x[1:M, ]), L))^2 /
    (apply(x[1:M, ], 2, var) * M))
  scar <- CARS / sqrt(C)
  within <- matrix(sapply(ev[keep], function(v) v$ar[w]), L, n)
  z <- sum(log(rowMeans(exp(within)))) / sqrt(sum(C) / n^2)
  put <- function(test, s, p) row(test, "estudy", n, s, p)
  f <- sum(rowSums(!is.na(AR)) > 0) - 2; put("brown-warner-1980", z, t2(z, f))
  pt <- sum(scar) / sqrt(sum((m - 2) / (m - 4))); put("patell", pt, z2(pt))
  ALL <- sapply(ev, function(v) v$ar[1:M]); R <- cor(ALL, use = "pairwise.complete.obs"); r <- mean(R[lower.tri(R)])
  a <- pt / sqrt(1 + (n - 1) * r); put("adjusted-patell", a, z2(a))
  b <- sqrt(n) * mean(scar) / sd(scar); put("bmp", b, z2(b))
  k <- b * sqrt((1 - r) / (1 + (n - 1) * r)); put("adjusted-bmp", k, z2(k))
  U <- ranks(rbind(AR / down(sqrt(v), M), scar / sd(scar))) / (M + 1) - 0.5
  Ub <- rowSums(U, na.rm = TRUE) / rowSums(!is.na(U))
  zg <- Ub[M + 1] / sqrt(sum(rowSums(!is.na(U)) / n * Ub^2) / M)
  tg <- zg * sqrt((M - 2) / (M - 1 - zg^2)); put("grank-t", tg, t2(tg, M - 2))
}

for (kind in c("market", "mean", "adjusted")) {
  model <- kind
  ev <- measure(kind)
  for (w in list(c(0, 0), c(-1, 1), c(0, 3))) {
    window <- w
    textbook(ev)
    estudy(ev, kind)
    eventstudy2(ev, kind == "mean")
  }
}

# Abnormal volatility as a study: squared standardised returns, 1 on average, against their mean.
model <- "volatility"
ev <- lapply(measure("market"), function(v) {
  q <- v$df / (v$df - 2)
  u <- c(v$ar[1:M]^2 / (v$s^2 * (1 - v$h[1:M])), (v$ar[-(1:M)] / (v$s * sqrt(1 + v$h[-(1:M)])))^2 / q)
  b <- u[1:M]; n <- sum(!is.na(b))
  list(ar = u - mean(b, na.rm = TRUE), s = sd(b, na.rm = TRUE), h = rep(1 / n, length(u)),
    X = matrix(1, length(u), 1), xx = matrix(1 / n), df = n - 1, k = 1, T = n)
})
for (w in list(c(0, 0), c(-1, 1), c(0, 3))) { window <- w; textbook(ev) }

# What explains CAR, with sandwich's HC errors: market model, window [-1, 1], on two attributes.
ev <- measure("market"); w <- which(days %in% -1:1)
car <- colSums(sapply(ev, `[[`, "ar")[w, ]); size <- 1e9 * (1 + (1:N * 37) %% 23); role <- as.numeric(1:N %% 3 == 0)
fit <- lm(car ~ size + role); model <- "market"; window <- c(-1, 1)
for (k in c("HC0", "HC1", "HC2", "HC3")) for (j in 1:3) {
  t <- coef(fit)[[j]] / sqrt(diag(vcovHC(fit, type = k)))[[j]]
  row(paste0("regression-", j), k, N, t, t2(t, N - 3))
}
close(con)
