* data: nlswork.csv
* source: J. Errickson, 'Statistical Modeling in Stata', chapter 6, Stata of the course notes
mixed ln_w ttl_exp i.race age || idcode:
