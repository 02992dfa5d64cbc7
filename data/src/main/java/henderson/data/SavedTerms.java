package henderson.data;

import henderson.api.FitListener;
import henderson.api.Formula.RandomTerm;
import henderson.api.ModelFrame;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Binds the structures of a fitted model again, from what its frame remembers. */
final class SavedTerms {
    private final ModelSpec spec;
    private final ModelFrame frame;
    private final Registry registry;

    SavedTerms(ModelSpec spec, ModelFrame frame, Registry registry) {
        this.spec = spec;
        this.frame = frame;
        this.registry = registry;
    }

    /** Random terms without levels. */
    List<Term> random() {
        Table.Builder table = Table.builder("the saved fit");
        Map<String, List<String>> factors = new LinkedHashMap<>();
        TreeSet<String> names = new TreeSet<>(Variables.names(spec.formula()));
        for (String name : names) {
            if (frame.categorical().contains(name)) {
                table.categorical(name, Arrays.asList((String) null));
                factors.put(name, frame.factors().getOrDefault(name, List.of()));
            } else {
                table.numeric(name, new double[] {Double.NaN});
            }
        }
        if (names.isEmpty()) {
            return List.of();
        }
        ModelSpec coded = spec.withFactors(factors).withNumeric(java.util.Set.of());
        Variables variables = new Variables(table.build(), coded);
        Rows none = new Rows(new BitSet());
        DesignBuilder builder = new DesignBuilder(variables, none, Constants.of(frame));
        RandomTerms terms = new RandomTerms(variables, registry, builder, none, 0, FitListener.SILENT);
        List<Term> out = new ArrayList<>();
        for (RandomTerm term : spec.formula().random()) {
            out.add(terms.bound(term).term(List.of(), null));
        }
        return out;
    }

    /** The residual term without levels, or null. */
    @Nullable
    Term residual() {
        StructureCall call = Calls.residual(spec.residual(), registry);
        List<String> lines = frame.residual();
        if (call == null || lines.isEmpty()) {
            return null;
        }
        List<String> names = ResidualKeys.names(lines);
        int rows = lines.size() - 1;
        int[] rank = new int[rows];
        List<List<@Nullable String>> columns = new ArrayList<>();
        names.forEach(n -> columns.add(new ArrayList<>()));
        for (int i = 0; i < rows; i++) {
            List<String> parts = ResidualKeys.parts(lines.get(i + 1));
            for (int k = 0; k < names.size(); k++) {
                if (names.get(k).equals(ResidualKeys.RANK)) {
                    rank[i] = Integer.parseInt(parts.get(k)) - 1;
                } else {
                    columns.get(k).add(parts.get(k));
                }
            }
        }
        Table.Builder table = Table.builder("the saved fit").numeric("", new double[rows]);
        Map<String, List<String>> factors = new LinkedHashMap<>();
        for (int k = 0; k < names.size(); k++) {
            String name = names.get(k);
            if (!name.equals(ResidualKeys.RANK)) {
                table.categorical(name, columns.get(k));
                if (spec.factors().containsKey(name)) {
                    factors.put(name, spec.factors().get(name));
                }
            }
        }
        Variables variables =
                new Variables(table.build(), spec.withFactors(factors).withNumeric(java.util.Set.of()));
        return ResidualTerm.of(call, variables, registry, Rows.all(rows), rank);
    }
}
