* data: gcse.csv
* source: C. F. Baum, EC 823 lecture slides, Boston College, Spring 2014, Stata of 2014 (xtmixed)
* the file holds nstu already; the slides make it
drop nstu
egen nstu = count(gcse + lrt), by(school)
xtmixed gcse lrt || school: if nstu > 4, mle nolog
estimates store RI
xtmixed gcse lrt || school: lrt if nstu > 4, mle nolog covariance(unstructured)
estat recovariance
estimates store RC
lrtest RI RC
estat group
xtmixed gcse c.lrt##i.schgend || school: lrt if nstu > 4, mle nolog covariance(unstructured)
predict fit, fitted
predict b1 b0, reffects
statsby alpha = _b[_cons] beta = _b[lrt], by(school): regress gcse lrt if nstu > 4
summarize alpha beta
correlate alpha beta, covariance
