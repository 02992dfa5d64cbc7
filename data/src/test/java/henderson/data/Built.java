package henderson.data;

import henderson.api.Batch;
import henderson.api.FitListener;
import henderson.api.Model;
import henderson.api.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/** Models of tests, and their rows held whole. */
final class Built {
    private Built() {}

    static Model model(Table table, String formula) {
        return model(table, ModelSpec.of(RFormula.parse(formula)));
    }

    static Model model(Table table, ModelSpec spec) {
        return Models.build(spec, table, TestStructure.registry(), FitListener.SILENT);
    }

    static ModelSpec spec(String formula) {
        return ModelSpec.of(RFormula.parse(formula));
    }

    static double[][] x(Model model) {
        List<double[]> out = new ArrayList<>();
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++) {
                double[] row = new double[model.fixedNames().size()];
                for (int j = 0; j < row.length; j++) {
                    row[j] = b.x().get(i, j);
                }
                out.add(row);
            }
        }
        return out.toArray(new double[0][]);
    }

    static double[][] z(Model model, int term) {
        List<double[]> out = new ArrayList<>();
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++) {
                double[] row = new double[model.random().get(term).columns().size()];
                for (int j = 0; j < row.length; j++) {
                    row[j] = b.z(term).get(i, j);
                }
                out.add(row);
            }
        }
        return out.toArray(new double[0][]);
    }

    static double[] y(Model model) {
        List<Double> out = new ArrayList<>();
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++) {
                out.add(b.y()[i]);
            }
        }
        return out.stream().mapToDouble(d -> d).toArray();
    }

    static List<String> levels(Model model, int term) {
        List<String> out = new ArrayList<>();
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++) {
                out.add(model.random().get(term).levels().get(b.level(term)[i]));
            }
        }
        return out;
    }

    static double[] column(double[][] x, int j) {
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i][j];
        }
        return out;
    }
}
