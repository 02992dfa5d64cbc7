* data: bangladesh.csv
* source: G. Rodriguez, Multilevel models, 'Fertility and contraception in Bangladesh' (https://grodri.github.io/multilevel/bangladesh), Stata 18
melogit c_use urban age child1 child2 child3 || district:, nolog
melogit c_use urban age child1 child2 child3 || district: urban, covariance(unstructured) nolog
