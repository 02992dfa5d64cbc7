melogit complain grade i.race i.gender tenure age income nworkers i.genderm || restaurant:, nolog
estat icc
melogit complain grade i.race i.gender tenure age income nworkers i.genderm || restaurant:, nolog or
