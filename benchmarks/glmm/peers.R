# Times glmer on the workloads of a folder: Rscript peers.R FOLDER [WORKLOAD ...]
# One line for each: workload, program, CPU seconds, elapsed seconds, log-likelihood, version.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
wanted <- arguments[-1]
if (!suppressWarnings(suppressMessages(require(lme4, quietly = TRUE)))) {
    cat("absent\tglmer\tNA\tNA\tNA\tlme4 is not installed\n")
    quit(status = 0)
}
version <- paste0(R.version$major, ".", R.version$minor, "/lme4 ", packageVersion("lme4"))

# glmer's log-likelihood by quadrature lacks the saturated model's constant in lme4 before August 2026; that of Bernoulli
# responses is zero, so that the logistic workloads can be compared as they are.
run <- function(workload, formula, family, points = 1) {
    if (length(wanted) > 0 && !(workload %in% wanted)) return(invisible())
    file <- sub("-.*", ".csv", workload)
    data <- read.csv(file.path(folder, file))
    gc()
    time <- system.time(fit <- suppressWarnings(glmer(formula, data = data, family = family, nAGQ = points)))
    cat(workload, "glmer", sprintf("%.3f", time[["user.self"]] + time[["sys.self"]]), sprintf("%.3f", time[["elapsed"]]),
        sprintf("%.6f", as.numeric(logLik(fit))), version, sep = "\t")
    cat("\n")
}

run("verbagg-laplace", r2n ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item), binomial)
run("poisson-laplace", y ~ x1 + x2 + (1 + x1 | g), poisson)
run("logistic-laplace", y ~ age + urban + (1 | g), binomial)
run("logistic-agq7", y ~ age + urban + (1 | g), binomial, 7)
