# field.csv, animals.csv and animals_a.csv of ../data, simulated.
#
#   Rscript residual-data.R     (writes into the working directory; R 4.2.2)
set.seed(20240607)
# 2 fields of 40 places: Matern 3/2 of range 2 and variance 9, noise of variance 2.25
x <- round(runif(80, 0, 10), 2); y <- round(runif(80, 0, 10), 2); field <- rep(c("A","B"), each=40); z <- round(rnorm(80),2)
d <- as.matrix(dist(cbind(x,y))); K <- 9*(1+d/2)*exp(-d/2)*outer(field,field,"==")
v <- round(50 + 2*z + drop(t(chol(K+diag(1e-9,80)))%*%rnorm(80)) + rnorm(80)*1.5, 2)
write.csv(data.frame(field,x,y,z,value=v), "field.csv", row.names=FALSE, quote=FALSE)
# 40 animals: 6 sires, 10 dams, 24 offspring with 2 records each; the parents have none
sire <- c(rep(NA,16), rep(1:6, 4)); dam <- c(rep(NA,16), sample(rep(7:16, length.out=24)))
A <- diag(40)
for (i in 17:40) { s <- sire[i]; m <- dam[i]; for (j in 1:(i-1)) A[i,j] <- A[j,i] <- .5*(A[j,s]+A[j,m]); A[i,i] <- 1+.5*A[s,m] }
id <- sprintf("a%02d",1:40)
w <- which(A!=0 & row(A)>=col(A), arr.ind=TRUE)
write.table(data.frame(row=id[w[,1]], column=id[w[,2]], value=A[w]), "animals_a.csv", sep=",", row.names=FALSE, quote=FALSE)
u <- drop(t(chol(A))%*%rnorm(40))*2
an <- rep(17:40, each=3); sex <- ifelse(an%%2==0,"M","F"); age <- rep(c(1,2,3),24)
g <- round(20 + 1.5*(sex=="M") + .8*age + u[an] + rnorm(72)*1.2, 2)
write.csv(data.frame(animal=id[an], sex, age, weight=g), "animals.csv", row.names=FALSE, quote=FALSE)
