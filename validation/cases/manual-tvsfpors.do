* data: tvsfpors.csv
* source: Stata feature page 'Multilevel mixed-effects ordered logistic models'
meologit thk prethk cc##tv || school: || class:, nolog
