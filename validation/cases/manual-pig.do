* data: pig.csv
* source: Stata product page on linear multilevel models (examples of the [ME] mixed manual entry), Stata 18
mixed weight week || id:
estimates store randint
mixed weight week || id: week
estimates store randslope
lrtest randslope randint
