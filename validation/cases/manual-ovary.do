* data: ovary.csv
* source: Stata product page on linear multilevel models (examples of the [ME] mixed manual entry), Stata 18
mixed follicles sin1 cos1 || mare:, residuals(ar2, t(time)) nolog
