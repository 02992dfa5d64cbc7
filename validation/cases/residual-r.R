# Reference cases of residual structures: residual-r.json from nlme, glmmTMB and a dense likelihood.
#
#   Rscript residual-r.R DATA-FOLDER OUTPUT.json
#
# Each case is fitted by nlme or glmmTMB at tight tolerances. From its estimates (or from plain starting values, where
# neither has the model) Newton's method with numDeriv's derivatives then polishes a likelihood written here from the matrix
# V itself, in the natural parameters; logLik, standard errors and estimates are those of that optimum. The distance of the
# package's log-likelihood from it is printed and stands in the case's note.
suppressMessages({library(nlme); library(glmmTMB); library(numDeriv); library(jsonlite)})
args <- commandArgs(TRUE); folder <- args[1]
read <- function(f, ...) read.csv(file.path(folder, f), ...)

# -2 log-likelihood from V; beta and its covariance on the way
dense <- function(V, y, X, reml) {
  if (anyNA(V) || any(diag(V) <= 0)) return(list(d = NA))
  C <- tryCatch(chol(V), error = function(e) NULL); if (is.null(C)) return(list(d = NA))
  Xt <- backsolve(C, X, transpose = TRUE); yt <- backsolve(C, y, transpose = TRUE)
  XX <- crossprod(Xt); R <- chol(XX); b <- backsolve(R, backsolve(R, crossprod(Xt, yt), transpose = TRUE))
  n <- length(y); p <- ncol(X); rss <- sum((yt - Xt %*% b)^2)
  d <- 2 * sum(log(diag(C))) + rss + (if (reml) 2 * sum(log(diag(R))) + (n - p) * log(2 * pi) else n * log(2 * pi))
  list(d = d, beta = drop(b), cov = chol2inv(R))
}
polish <- function(V, psi, y, X, reml) {
  s <- pmax(abs(psi), 1e-2); f <- function(z) dense(V(z * s), y, X, reml)$d; z <- psi / s
  z <- nlminb(z, function(z) { v <- f(z); if (is.finite(v)) v else 1e10 }, control = list(rel.tol = 1e-14, x.tol = 1e-12, iter.max = 500, eval.max = 2000))$par
  ma <- list(d = 1e-3, r = 5)
  for (i in 1:6) {
    g <- grad(f, z, method.args = ma); H <- hessian(f, z, method.args = list(d = 0.02, r = 5))
    step <- -solve(H, g); if (!is.finite(f(z + step))) stop("left the region"); z <- z + step
    if (sum(step * (H %*% step)) < 1e-17) break
  }
  H <- hessian(f, z, method.args = list(d = 0.02, r = 5)); stopifnot(all(eigen(H)$values > 0))
  fit <- dense(V(z * s), y, X, reml)
  c(fit, list(psi = z * s, se = sqrt(2 * diag(solve(H))) * s, decrement = sum(g * solve(H, g)) / 2))
}

same <- function(g) outer(as.character(g), as.character(g), "==")
lag <- function(t) abs(outer(t, t, "-"))
ident <- function(x) match(x, sort(unique(x)))
cases <- list()
case <- function(id, title, data, formula, criterion, software, d, X, V, start, names, package = NULL, residual = NULL,
                 factors = NULL, where = NULL, note = NULL, y, fixed = colnames(X), digits = NULL) {
  fit <- polish(V, start, y, X, criterion == "REML")
  ll <- -fit$d / 2
  gap <- if (is.null(package)) NA else as.numeric(package) - ll
  cat(sprintf("%-28s logLik %.10f  package %+.2e  decrement %.1e\n", id, ll, gap, fit$decrement))
  print(data.frame(name = sapply(names, function(n) paste(n[-1], collapse = " ")), estimate = fit$psi, se = fit$se))
  text <- function(x) format(x, digits = 15, trim = TRUE)
  figure <- function(i) { n <- names[[i]]
    c(if (n[1] != "") list(group = n[1]), list(name = n[2]), if (length(n) > 2) list(level = n[3]),
      list(estimate = text(fit$psi[i]), se = text(fit$se[i]))) }
  random <- sapply(names, function(n) n[1] != "")
  how <- if (is.na(gap)) "" else if (abs(gap) < 5e-6) sprintf("; its log-likelihood within %.0e", max(1e-10, 10^ceiling(log10(abs(gap)))))
    else sprintf("; its log-likelihood differs by %+.1e", gap)
  out <- list(id = id, title = title, data = data, formula = formula, criterion = criterion)
  if (!is.null(residual)) out$residual <- residual
  if (!is.null(factors)) out$factors <- factors
  if (!is.null(where)) out$where <- where
  out$software <- paste0(software, how, if (!is.null(note)) paste0(". ", note) else "")
  out$trustedDigits <- digits %||% list(logLik = "9", fixed = "7", se = "7", varcomp = "6", sigma2 = "6")
  out$expected <- list(rows = length(y), parameters = ncol(X) + length(start), singular = FALSE, logLik = text(ll),
    fixed = lapply(seq_along(fit$beta), function(j) list(name = fixed[j], estimate = text(fit$beta[j]), se = text(sqrt(fit$cov[j, j])))),
    variance = lapply(which(random), figure), residual = lapply(which(!random), figure), effects = list())
  cases[[length(cases) + 1]] <<- out
}
`%||%` <- function(a, b) if (is.null(a)) b else a
tight <- lmeControl(maxIter = 500, msMaxIter = 2000, tolerance = 1e-10, niterEM = 50, msTol = 1e-12, returnObject = TRUE, opt = "nlminb")
tightg <- glsControl(maxIter = 500, msMaxIter = 2000, tolerance = 1e-10, msTol = 1e-12, returnObject = TRUE, opt = "nlminb")
tmb <- glmmTMBControl(optCtrl = list(iter.max = 5000, eval.max = 5000, rel.tol = 1e-14, x.tol = 1e-12))
LL <- function(e) tryCatch(as.numeric(logLik(e)), error = function(err) { message("package: ", conditionMessage(err)); NULL })

# --- distance on a line ---------------------------------------------------------------------------------------------------
ov <- read("ovary_nlme.csv"); ov$Mare <- factor(ov$Mare)
Xo <- model.matrix(~ s2pit + c2pit, ov); mare <- same(ov$Mare); To <- lag(ov$Time); n <- nrow(ov); I <- diag(n)
colnames(Xo)[1] <- "(Intercept)"
case("ovary_ou_ml", "Ovary, random intercept, exponential correlation of irregular times by its range", "ovary_nlme.csv",
  "follicles ~ s2pit + c2pit + (1 | Mare)", "ML", residual = "ou(Time | Mare)",
  "lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corExp(form = ~ Time | Mare), method = 'ML')",
  ov, Xo, function(p) mare * (p[1] + p[3] * exp(-To / p[2])), c(6, .09, 13), list(c("Mare", "var((Intercept))"), c("", "range"), c("", "var(e)")),
  LL(lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corExp(.09, form = ~ Time | Mare), data = ov, method = "ML", control = tight)), y = ov$follicles)
case("ovary_gaussian_nugget_reml", "Ovary, random intercept, gaussian correlation with nugget", "ovary_nlme.csv",
  "follicles ~ s2pit + c2pit + (1 | Mare)", "REML", residual = "gaussian(Time | Mare, nugget = true)",
  "lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corGaus(form = ~ Time | Mare, nugget = TRUE), method = 'REML')",
  ov, Xo, function(p) mare * (p[1] + p[4] * (1 - p[3]) * exp(-(To / p[2])^2)) + diag(p[4] * p[3], n), c(6, .15, .4, 13),
  list(c("Mare", "var((Intercept))"), c("", "range"), c("", "nugget"), c("", "var(e)")),
  LL(lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corGaus(c(.15, .4), form = ~ Time | Mare, nugget = TRUE), data = ov, method = "REML", control = tight)), y = ov$follicles)
case("ovary_gaussian_ml", "Ovary, random intercept, gaussian correlation", "ovary_nlme.csv",
  "follicles ~ s2pit + c2pit + (1 | Mare)", "ML", residual = "gaussian(Time | Mare)",
  "lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corGaus(form = ~ Time | Mare), method = 'ML')",
  ov, Xo, function(p) mare * (p[1] + p[3] * exp(-(To / p[2])^2)), c(6, .048, 11), list(c("Mare", "var((Intercept))"), c("", "range"), c("", "var(e)")),
  LL(lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corGaus(.048, form = ~ Time | Mare), data = ov, method = "ML", control = tight)), y = ov$follicles)
bw <- read("bodyweight.csv"); bw$Rat <- factor(bw$Rat); bw$Diet <- factor(bw$Diet); bw1 <- bw[bw$Time != 44, ]
Xb <- model.matrix(~ Time * Diet, bw); rat <- same(bw$Rat); Tb <- lag(bw$Time); nb <- nrow(bw)
case("bodyweight_exp_nugget_ml", "BodyWeight, exponential correlation with nugget, no random effects", "bodyweight.csv",
  "weight ~ 1 + Time + Diet + Time:Diet", "ML", residual = "matern(Time | Rat, nu = 0.5, nugget = true)", factors = list(Diet = c("1", "2", "3")),
  "gls(weight ~ Time * Diet, correlation = corExp(form = ~ Time | Rat, nugget = TRUE), method = 'ML')",
  bw, Xb, function(p) rat * (p[3] * (1 - p[2]) * exp(-Tb / p[1])) + diag(p[3] * p[2], nb), c(500, .002, 1200), list(c("", "range"), c("", "nugget"), c("", "var(e)")),
  LL(gls(weight ~ Time * Diet, correlation = corExp(c(500, .002), form = ~ Time | Rat, nugget = TRUE), data = bw, method = "ML", control = tightg)), y = bw$weight)

# --- ARMA with gaps in time ------------------------------------------------------------------------------------------------
px <- read("pixel.csv"); px$Dog <- factor(px$Dog); px$DS <- interaction(px$Dog, px$Side, drop = TRUE)
Xp <- model.matrix(~ day + I(day^2), px); dog <- same(px$Dog); ds <- same(px$DS); Lp <- lag(px$day); np <- nrow(px)
acf <- function(L, ar = numeric(), ma = numeric()) {
  if (length(ar) && any(Mod(polyroot(c(1, -ar))) <= 1)) return(matrix(NA, nrow(L), nrow(L)))
  r <- ARMAacf(ar, ma, lag.max = max(L)); matrix(r[L + 1], nrow(L)) }
gaps <- "Days 3, 5, 7 ... are missing: nlme, too, takes lags from the whole-number times, not from the order of the rows"
case("pixel_ar2_gaps_ml", "Pixel, random intercept of dogs, AR(2) over days with gaps within sides", "pixel.csv",
  "pixel ~ 1 + day + I(day^2) + (1 | Dog)", "ML", residual = "ar(2, day | Dog:Side)",
  "lme(pixel ~ day + I(day^2), random = ~ 1 | Dog, correlation = corARMA(p = 2, form = ~ day | Dog/Side), method = 'ML')", note = gaps,
  px, Xp, function(p) p[1] * dog + p[4] * ds * acf(Lp, p[2:3]), c(381, 1.078, -.148, 456), list(c("Dog", "var((Intercept))"), c("", "phi1"), c("", "phi2"), c("", "var(e)")),
  LL(lme(pixel ~ day + I(day^2), random = ~ 1 | Dog, correlation = corARMA(c(.9, -.1), p = 2, form = ~ day | Dog/Side), data = px, method = "ML", control = tight)), y = px$pixel)
case("pixel_arma11_gaps_reml", "Pixel, random intercept of dogs, ARMA(1,1) over days with gaps within sides", "pixel.csv",
  "pixel ~ 1 + day + I(day^2) + (1 | Dog)", "REML", residual = "arma(1, 1, day | Dog:Side)",
  "lme(pixel ~ day + I(day^2), random = ~ 1 | Dog, correlation = corARMA(p = 1, q = 1, form = ~ day | Dog/Side), method = 'REML')", note = gaps,
  px, Xp, function(p) p[1] * dog + p[4] * ds * acf(Lp, p[2], p[3]), c(381, .9, .39, 443), list(c("Dog", "var((Intercept))"), c("", "phi1"), c("", "theta1"), c("", "var(e)")),
  LL(lme(pixel ~ day + I(day^2), random = ~ 1 | Dog, correlation = corARMA(c(.9, .39), p = 1, q = 1, form = ~ day | Dog/Side), data = px, method = "REML", control = tight)), y = px$pixel)
og <- ov[!(ov$seq %in% c(4, 5, 11)), ]; Xg <- model.matrix(~ s2pit + c2pit, og); mg <- same(og$Mare); Lg <- lag(og$seq)
case("ovary_ma2_gaps_ml", "Ovary without days 4, 5, 11, random intercept, MA(2)", "ovary_nlme.csv",
  "follicles ~ s2pit + c2pit + (1 | Mare)", "ML", residual = "ma(2, seq | Mare)", where = "seq != 4 && seq != 5 && seq != 11",
  "lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corARMA(q = 2, form = ~ seq | Mare), method = 'ML')",
  note = "nlme, too, takes lags from the whole-number times",
  og, Xg, function(p) mg * (p[1] + p[4] * acf(Lg, ma = p[2:3])), c(9, .4, .2, 12), list(c("Mare", "var((Intercept))"), c("", "theta1"), c("", "theta2"), c("", "var(e)")),
  LL(lme(follicles ~ s2pit + c2pit, random = ~ 1 | Mare, correlation = corARMA(c(.4, .2), q = 2, form = ~ seq | Mare), data = og, method = "ML", control = tight)), y = og$follicles)

# --- unequal variances -------------------------------------------------------------------------------------------------------
or <- read("orthodont.csv"); or$Sex <- factor(or$Sex, levels = c("Male", "Female")); or$Subject <- factor(or$Subject); or$f <- factor(or$occ)
Xr <- model.matrix(~ age * Sex, or); id <- same(or$Subject); Lr <- lag(or$occ); sex <- list(Sex = c("Male", "Female")); yr <- or$distance
FR <- "distance ~ 1 + age + Sex + age:Sex"; RI <- paste(FR, "+ (1 | Subject)")
case("orthodont_power_ml", "Orthodont, random intercept, residual variance a power of age", "orthodont.csv", RI, "ML", residual = "independent, variances = power(age)", factors = sex,
  "lme(distance ~ age * Sex, random = ~ 1 | Subject, weights = varPower(form = ~ age), method = 'ML')",
  or, Xr, function(p) p[1] * id + diag(p[3] * or$age^(2 * p[2])), c(3, -.43, 14), list(c("Subject", "var((Intercept))"), c("", "power"), c("", "var(e)")),
  LL(lme(distance ~ age * Sex, random = ~ 1 | Subject, weights = varPower(form = ~ age), data = or, method = "ML", control = tight)), y = yr)
case("orthodont_exponent_reml", "Orthodont, random intercept, residual variance exponential in age", "orthodont.csv", RI, "REML", residual = "independent, variances = exp(age)", factors = sex,
  "lme(distance ~ age * Sex, random = ~ 1 | Subject, weights = varExp(form = ~ age), method = 'REML')",
  or, Xr, function(p) p[1] * id + diag(p[3] * exp(2 * p[2] * or$age)), c(3, -.04, 4.7), list(c("Subject", "var((Intercept))"), c("", "exponent"), c("", "var(e)")),
  LL(lme(distance ~ age * Sex, random = ~ 1 | Subject, weights = varExp(form = ~ age), data = or, method = "REML", control = tight)), y = yr)
cell <- as.vector(outer(1:4, c("Male", "Female"), function(a, b) paste(b, a, sep = ":")))
case("orthodont_het_cells_reml", "Orthodont, random intercept, a residual variance for each sex and occasion", "orthodont.csv", RI, "REML", residual = "independent, variances = Sex:occ", factors = sex,
  "lme(distance ~ age * Sex, random = ~ 1 | Subject, weights = varIdent(form = ~ 1 | Sex * occ), method = 'REML')",
  or, Xr, function(p) p[1] * id + diag(p[1 + match(paste(or$Sex, or$occ, sep = ":"), cell)]), c(3, 4.1, 2.1, 3.5, 1.6, 1, .7, .3, .5),
  c(list(c("Subject", "var((Intercept))")), lapply(cell, function(l) c("", "var(e)", l))),
  LL(lme(distance ~ age * Sex, random = ~ 1 | Subject, weights = varIdent(form = ~ 1 | Sex * f), data = or, method = "REML", control = tight)), y = yr)
sd4 <- function(v) { s <- sqrt(v[or$occ]); outer(s, s) }
occ4 <- lapply(1:4, function(l) c("", "var(e)", as.character(l)))
case("orthodont_csh_reml", "Orthodont, compound symmetry with a variance for each occasion", "orthodont.csv", FR, "REML", residual = "exchangeable(occ | Subject), variances = occ", factors = sex,
  "gls(distance ~ age * Sex, correlation = corCompSymm(form = ~ 1 | Subject), weights = varIdent(form = ~ 1 | occ), method = 'REML')",
  or, Xr, function(p) id * sd4(p[2:5]) * ifelse(Lr == 0, 1, p[1]), c(.6, 5.7, 4.2, 6, 4.8), c(list(c("", "corr")), occ4),
  LL(gls(distance ~ age * Sex, correlation = corCompSymm(.6, form = ~ 1 | Subject), weights = varIdent(form = ~ 1 | f), data = or, method = "REML", control = tightg)), y = yr)
case("orthodont_arh1_ml", "Orthodont, AR(1) with a variance for each occasion", "orthodont.csv", FR, "ML", residual = "ar(1, occ | Subject), variances = occ", factors = sex,
  "gls(distance ~ age * Sex, correlation = corAR1(form = ~ occ | Subject), weights = varIdent(form = ~ 1 | occ), method = 'ML')",
  or, Xr, function(p) id * sd4(p[2:5]) * p[1]^Lr, c(.6, 5.7, 4.2, 6, 4.8), c(list(c("", "rho")), occ4),
  LL(gls(distance ~ age * Sex, correlation = corAR1(.6, form = ~ occ | Subject), weights = varIdent(form = ~ 1 | f), data = or, method = "ML", control = tightg)), y = yr)
case("orthodont_toeph_ml", "Orthodont, Toeplitz correlations with a variance for each occasion", "orthodont.csv", FR, "ML", residual = "toeplitz(occ | Subject), variances = occ", factors = sex,
  "glmmTMB(distance ~ age * Sex + toep(0 + factor(occ) | Subject), dispformula = ~ 0, REML = FALSE)",
  note = "With dispformula = ~ 0 glmmTMB keeps a tiny residual variance on top",
  or, Xr, function(p) id * sd4(p[4:7]) * matrix(c(1, p[1:3])[Lr + 1], nrow(Lr)), c(.62, .69, .48, 5.5, 4, 6, 4.4), c(lapply(1:3, function(k) c("", sprintf("corr(%d)", k))), occ4),
  LL(glmmTMB(distance ~ age * Sex + toep(0 + f | Subject), dispformula = ~ 0, data = or, control = tmb)), y = yr)
case("orthodont_ante_reml", "Orthodont, first-order antedependence", "orthodont.csv", FR, "REML", residual = "antedependence(occ | Subject)", factors = sex,
  "dense likelihood alone (SAS: type = ANTE(1); mmrm: adh)",
  or, Xr, function(p) { s <- sqrt(p[4:7]); R <- diag(4); for (i in 1:3) for (j in (i + 1):4) R[i, j] <- R[j, i] <- prod(p[i:(j - 1)]); R <- R * outer(s, s); id * R[or$occ, or$occ] },
  c(.57, .57, .73, 5.4, 4.2, 6.2, 5), c(lapply(1:3, function(k) c("", sprintf("corr(e%d,e%d)", k, k + 1))), lapply(1:4, function(k) c("", sprintf("var(e%d)", k)))), y = yr)

# --- products ---------------------------------------------------------------------------------------------------------------
side <- ident(px$Side)
case("pixel_us_ar1_ml", "Pixel, unstructured over sides times AR(1) over days, missing cells and gaps", "pixel.csv",
  "pixel ~ 1 + day + I(day^2)", "ML", residual = "unstructured(Side) * ar(1, day) | Dog", "dense likelihood alone (SAS: type = UN@AR(1), without gaps)",
  px, Xp, function(p) dog * p[1]^Lp * matrix(c(p[2], p[4], p[4], p[3]), 2)[side, side], c(.957, 704, 831, 353),
  list(c("", "rho"), c("", "var(eL:0)"), c("", "var(eR:0)"), c("", "cov(eL:0,eR:0)")), y = px$pixel)

# --- random effects with such structures --------------------------------------------------------------------------------------
sl <- read("sleepstudy.csv"); sl$Subject <- factor(sl$Subject); sl$f <- factor(sl$Days); sub <- same(sl$Subject); Ls <- lag(sl$Days)
dd <- list(Days = as.character(0:9)); Xs <- model.matrix(~ f, sl); colnames(Xs) <- sub("^f", "Days", colnames(Xs)); ns <- nrow(sl)
days <- function(v) sprintf("var(%s)", paste0("Days", v, collapse = " "))
case("sleepstudy_random_ar1_ml", "Sleepstudy, AR(1) random effects of days beside residuals", "sleepstudy.csv", "Reaction ~ 1 + Days + ar(0 + Days | Subject)", "ML", factors = dd,
  "glmmTMB(Reaction ~ factor(Days) + ar1(0 + factor(Days) | Subject), start = list(theta = c(3.8, 1.8), betad = 5.4), REML = FALSE)", note = "From its own starting values it stops with a Hessian that is not positive definite",
  sl, Xs, function(p) sub * p[1] * p[2]^Ls + diag(p[3], ns), c(2127, .88, 212), list(c("Subject", days(0:9)), c("Subject", "rho"), c("", "var(Residual)")),
  LL(glmmTMB(Reaction ~ f + ar1(0 + f | Subject), data = sl, control = tmb, start = list(theta = c(3.8, 1.8), betad = 5.4))), y = sl$Reaction)
s1 <- droplevels(sl[!(sl$Days %in% c(2, 5, 6)), ]); X1 <- model.matrix(~ f, s1); colnames(X1) <- sub("^f", "Days", colnames(X1)); u1 <- same(s1$Subject); L1 <- lag(s1$Days); s1$num <- numFactor(s1$Days)
d1 <- list(Days = as.character(c(0, 1, 3, 4, 7, 8, 9)))
case("sleepstudy_random_ou_reml", "Sleepstudy without days 2, 5, 6, Ornstein-Uhlenbeck random effects of days beside residuals", "sleepstudy.csv", "Reaction ~ 1 + Days + ou(0 + Days | Subject)", "REML", factors = d1,
  "glmmTMB(Reaction ~ factor(Days) + ou(numFactor(Days) + 0 | Subject), REML = TRUE)",
  s1, X1, function(p) u1 * p[1] * exp(-L1 / p[2]) + diag(p[3], nrow(s1)), c(2127, 8, 212), list(c("Subject", days(c(0, 1, 3, 4, 7, 8, 9))), c("Subject", "range"), c("", "var(Residual)")),
  LL(glmmTMB(Reaction ~ f + ou(num + 0 | Subject), data = s1, REML = TRUE, control = tmb)), y = s1$Reaction)
case("sleepstudy_random_mat_ml", "Sleepstudy, Matern 3/2 random effects of days beside residuals", "sleepstudy.csv", "Reaction ~ 1 + Days + matern(0 + Days | Subject, nu = 1.5)", "ML", factors = dd,
  "glmmTMB(Reaction ~ factor(Days) + mat(numFactor(Days) + 0 | Subject), map = list(theta = factor(c(1, 2, NA))), start = list(theta = c(4, 1, log(1.5))), REML = FALSE)",
  sl, Xs, function(p) sub * p[1] * (1 + Ls / p[2]) * exp(-Ls / p[2]) + diag(p[3], ns), c(1904, 2.85, 390), list(c("Subject", days(0:9)), c("Subject", "range"), c("", "var(Residual)")),
  LL({sl$num <- numFactor(sl$Days); glmmTMB(Reaction ~ f + mat(num + 0 | Subject), data = sl, control = tmb, start = list(theta = c(3.8, 1, log(1.5))), map = list(theta = factor(c(1, 2, NA))))}), y = sl$Reaction)
ma <- read("machines.csv"); ma$Worker <- factor(ma$Worker); ma$Machine <- factor(ma$Machine); Xm <- model.matrix(~ Machine, ma); w <- same(ma$Worker); mi <- ident(ma$Machine)
case("machines_random_csh_ml", "Machines, random effects of machines with one correlation and three variances", "machines.csv", "score ~ 1 + Machine + cs(0 + Machine | Worker, variances = Machine)", "ML",
  factors = list(Machine = c("A", "B", "C")), "glmmTMB(score ~ Machine + cs(0 + Machine | Worker), REML = FALSE)",
  ma, Xm, function(p) { s <- sqrt(p[2:4])[mi]; w * outer(s, s) * ifelse(outer(mi, mi, "=="), 1, p[1]) + diag(p[5], nrow(ma)) }, c(.6, 13, 60, 16, .93),
  list(c("Worker", "corr(MachineA MachineB MachineC)"), c("Worker", "var(MachineA MachineB MachineC)", "A"), c("Worker", "var(MachineA MachineB MachineC)", "B"), c("Worker", "var(MachineA MachineB MachineC)", "C"), c("", "var(Residual)")),
  LL(glmmTMB(score ~ Machine + cs(0 + Machine | Worker), data = ma, control = tmb)), y = ma$score)

# --- the plane, and a known matrix --------------------------------------------------------------------------------------------
fi <- read("field.csv"); fi$field <- factor(fi$field); Xf <- model.matrix(~ z, fi); ff <- same(fi$field); D <- as.matrix(dist(fi[, c("x", "y")])); nf <- nrow(fi)
fi$pos <- numFactor(fi$x, fi$y); nug <- list(c("", "range"), c("", "nugget"), c("", "var(e)"))
spatial <- function(k) function(p) p[3] * (1 - p[2]) * ff * k(D / p[1]) + diag(p[3] * p[2], nf)
same2 <- "Its spatial variance and residual variance are (1 - nugget) var(e) and nugget var(e)"
case("field_matern_reml", "Two fields, Matern 3/2 with nugget in the plane", "field.csv", "value ~ 1 + z", "REML", residual = "matern(x + y | field, nu = 1.5, nugget = true)",
  "glmmTMB(value ~ z + mat(numFactor(x, y) + 0 | field), map = list(theta = factor(c(1, 2, NA))), start = list(theta = c(1, 1, log(1.5))), REML = TRUE)", note = same2,
  fi, Xf, spatial(function(u) (1 + u) * exp(-u)), c(2, .2, 10), nug,
  LL(glmmTMB(value ~ z + mat(pos + 0 | field), data = fi, REML = TRUE, control = tmb, start = list(theta = c(1, 1, log(1.5))), map = list(theta = factor(c(1, 2, NA))))), y = fi$value)
case("field_exp_ml", "Two fields, exponential correlation with nugget in the plane", "field.csv", "value ~ 1 + z", "ML", residual = "matern(x + y | field, nu = 0.5, nugget = true)",
  "glmmTMB(value ~ z + exp(numFactor(x, y) + 0 | field), REML = FALSE)", note = same2,
  fi, Xf, spatial(function(u) exp(-u)), c(3, .1, 10), nug, LL(glmmTMB(value ~ z + exp(pos + 0 | field), data = fi, control = tmb)), y = fi$value)
case("field_gaussian_reml", "Two fields, gaussian correlation with nugget in the plane", "field.csv", "value ~ 1 + z", "REML", residual = "gaussian(x + y | field, nugget = true)",
  "gls(value ~ z, correlation = corGaus(form = ~ x + y | field, nugget = TRUE), method = 'REML')",
  fi, Xf, spatial(function(u) exp(-u^2)), c(3, .2, 10), nug, LL(gls(value ~ z, correlation = corGaus(c(3, .2), form = ~ x + y | field, nugget = TRUE), data = fi, method = "REML", control = tightg)), y = fi$value)
an <- read("animals.csv"); A3 <- read("animals_a.csv"); l <- unique(c(A3$row, A3$column)); A <- matrix(0, length(l), length(l), dimnames = list(l, l))
A[cbind(A3$row, A3$column)] <- A3$value; A[cbind(A3$column, A3$row)] <- A3$value; Xa <- model.matrix(~ sex + age, an); ai <- an$animal
case("animals_known_reml", "Animals, additive relationship between 24 of 40 animals, parents without records", "animals.csv", "weight ~ 1 + sex + age + known(1 | animal, \"animals_a.csv\")", "REML",
  factors = list(sex = c("F", "M")), "dense likelihood alone: V = var(animal) Z A Z' + var(Residual) I",
  an, Xa, function(p) p[1] * A[ai, ai] + diag(p[2], nrow(an)), c(3, 1.8), list(c("animal", "var((Intercept))"), c("", "var(Residual)")), y = an$weight)

out <- list(schema = "henderson.cases/1",
  provenance = list(tool = "R with nlme and glmmTMB, then Newton steps with numDeriv on a likelihood from the dense matrix V",
    version = sprintf("R %s, nlme %s, glmmTMB %s, numDeriv %s", getRversion(), packageVersion("nlme"), packageVersion("glmmTMB"), packageVersion("numDeriv")),
    script = "residual-r.R beside this file: Rscript residual-r.R ../data residual-r.json"),
  rule = "digits", cases = cases)
writeLines(toJSON(out, auto_unbox = TRUE, pretty = TRUE, digits = NA), args[2])
