package henderson.cli;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.api.StructureCall;
import henderson.data.Models;
import henderson.data.RFormula;
import henderson.data.ReadOptions;
import henderson.framework.Henderson;
import henderson.inference.LikelihoodRatio.Candidate;
import henderson.inference.Summary;
import henderson.report.FitDocument;
import henderson.report.FitJson;
import henderson.report.SavedFit;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A saved fit, read.
 *
 * @param saved what the file holds
 * @param fit   made of it
 * @param name  the file's name without its ending
 */
record SavedFits(SavedFit saved, Fit fit, String name) {

    static SavedFits read(String file, Henderson henderson) {
        SavedFit saved = FitJson.readSaved(text(Path.of(file)), file);
        String name = Path.of(file).getFileName().toString();
        String plain = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
        ModelSpec spec = spec(saved);
        Fit fit = saved.fit(
                spec,
                Models.random(spec, saved.state().frame(), henderson.registry()),
                Models.residual(spec, saved.state().frame(), henderson.registry()));
        return new SavedFits(saved, fit, plain);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new HendersonException(
                    "There is no file " + file + ".",
                    "Maybe save a fit first: henderson fit … --save " + file + ".",
                    e);
        } catch (MalformedInputException e) {
            throw new HendersonException(file + " is not a saved fit: it is not a text in UTF-8.", null, e);
        } catch (IOException e) {
            throw new HendersonException(file + " cannot be read: " + e.getMessage(), null, e);
        }
    }

    private static ModelSpec spec(SavedFit saved) {
        FitDocument.ModelPart m = saved.document().model();
        return ModelSpec.of(RFormula.parse(m.formula()))
                .withFamily(m.family())
                .withLink(saved.state().generalized() == null ? null : m.link())
                .withResidual(residual(m.residual()))
                .withWhere(m.where() == null ? null : RFormula.parseFilter(m.where()))
                .withWeights(m.weights())
                .withFrequencyWeights(m.frequencyWeights())
                .withFactors(saved.state().declaredFactors())
                .withNumeric(Set.copyOf(m.numeric()))
                .withLanguage(saved.language());
    }

    private static @Nullable StructureCall residual(FitDocument.@Nullable ResidualTermPart part) {
        return part == null || part.formula() == null ? null : RFormula.parseResidual(part.formula());
    }

    /** Read the data as for the fit. */
    ReadOptions asFitted() {
        ModelSpec spec = fit.model().spec();
        return new ReadOptions(spec.factors(), spec.numeric());
    }

    /** Read other data so that categories stay categories. */
    ReadOptions forOthers() {
        Map<String, List<String>> categorical = new TreeMap<>();
        saved.state().frame().categorical().forEach(c -> categorical.put(c, List.of()));
        Set<String> numeric = new java.util.TreeSet<>(fit.model().spec().numeric());
        numeric.removeAll(categorical.keySet());
        return new ReadOptions(categorical, numeric);
    }

    Summary summary(double level) {
        return Summary.of(fit, saved.robust(), level, saved.state().rows().observations());
    }

    Candidate candidate() {
        return new Candidate(fit, saved.state().rows(), name, saved.robust() != null);
    }
}
