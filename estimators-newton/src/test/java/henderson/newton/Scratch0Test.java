package henderson.newton;
import henderson.api.*;
import henderson.structures.*;
import henderson.testkit.InMemoryModel;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;
class Scratch0Test {
    @Test void sleep() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("/work/shared/reference/data/sleepstudy.csv"));
        int n = lines.size()-1; double[] y=new double[n]; double[][] x=new double[n][]; int[] g=new int[n]; double[][] z=new double[n][];
        Map<String,Integer> m=new LinkedHashMap<>();
        for(int i=0;i<n;i++){String[] f=lines.get(i+1).split(",");y[i]=Double.parseDouble(f[0]);x[i]=new double[]{1,Double.parseDouble(f[1])};z[i]=x[i].clone();m.putIfAbsent(f[2],m.size());g[i]=m.get(f[2]);}
        for (Criterion c: Criterion.values()) for (CovarianceStructure s: List.of(new Unstructured(), new Independent(), new Identity(), new Exchangeable())) {
            Fit fit=new Newton().fit(InMemoryModel.builder(y,x).term("Subject",g,z,s).build(), FitOptions.DEFAULT.withCriterion(c), Context.plain());
            System.out.println(c+" "+s.name()+" "+fit.logLikelihood()+" "+Arrays.toString(fit.beta())+" "+fit.convergence()+" "+fit.certificate()+" evals "+fit.evaluations());
            for (var h: fit.history()) System.out.println("   "+h);
            for (int k=0;k<fit.parameters().size();k++) System.out.println("   "+fit.parameters().get(k).name()+" "+fit.parameters().get(k).estimate()+" se "+Math.sqrt(fit.parameterCovariance().get(k,k)));
        }
    }
}
