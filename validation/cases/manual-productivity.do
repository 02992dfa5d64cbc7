* data: productivity.csv
* source: Stata product page on linear multilevel models (examples of the [ME] mixed manual entry), Stata 18
mixed gsp private emp hwy water other unemp || region: || state:
