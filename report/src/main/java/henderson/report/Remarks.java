package henderson.report;

import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.DataReport;
import henderson.api.Fit;
import henderson.inference.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sentences around a table: what is wrong with a fit comes before it, evidence and what happened to the data after. */
public final class Remarks {
    /** Code of the note with which an estimator says that the numbers have fewer digits than promised. */
    public static final String SHORT_OF_DIGITS = "short-of-digits";

    private Remarks() {}

    /** Why the numbers must not be trusted as they are; empty for a certified fit with all its digits. */
    public static List<String> problems(Fit fit) {
        List<String> out = new ArrayList<>();
        Convergence end = fit.convergence();
        if (end instanceof Convergence.Stopped s) {
            out.add("Not converged: " + s.reason());
            s.culprits().forEach(c -> out.add("Likely behind it: " + c));
            out.add("What follows is where the search stopped.");
        } else if (end instanceof Convergence.Failed f) {
            out.add("The fit failed: " + f.reason());
        }
        fit.notes().stream()
                .filter(n -> n.code().equals(SHORT_OF_DIGITS))
                .forEach(n -> out.add("Short of digits: " + n.text()));
        return out;
    }

    /** Certificate, boundary, notes of the estimator, rows, columns and levels dropped. */
    static List<String> after(Summary summary) {
        Fit fit = summary.fit();
        List<String> out = new ArrayList<>();
        out.add(certificate(fit.certificate()));
        if (fit.integrated() != null && !fit.random().isEmpty()) {
            out.add(integration(fit.integrated()));
        }
        if (fit.convergence() instanceof Convergence.Boundary b) {
            b.parameters().forEach(p -> out.add("On the boundary: " + p));
        }
        fit.notes().stream().filter(n -> !n.code().equals(SHORT_OF_DIGITS)).forEach(n -> out.add("Note: " + n.text()));
        out.addAll(data(fit.model().report()));
        return out;
    }

    static String certificate(@Nullable Certificate c) {
        if (c == null) {
            return "Certificate: none could be computed";
        }
        String boundary = Double.isNaN(c.boundaryCurvature())
                ? "nothing on the boundary"
                : "smallest curvature at the boundary " + shortly(c.boundaryCurvature());
        // below this only rounding is left, which differs from machine to machine
        String decrement = c.decrement() < 1e-20 ? "below 1e-20" : shortly(c.decrement());
        return "Certificate: decrement " + decrement
                + (c.decrement() <= c.tolerance() ? " (≤ " : " (above ") + plain(c.tolerance()) + "), " + hessian(c)
                + ", " + boundary;
    }

    /** What the next rule makes of the fit. */
    private static String integration(Fit.Integrated i) {
        if (i.unknown() != null) {
            return "Integration error: not known, because " + i.unknown();
        }
        if (i.monteCarloError() > 0) {
            return "Integration error: log likelihood " + signed(i.change()) + " by " + i.nextMethod() + " with "
                    + GeneralFormat.count(i.nextPoints()) + " draws (Monte-Carlo error " + shortly(i.monteCarloError())
                    + ")";
        }
        String shift = Double.isNaN(i.shift())
                ? ""
                : ", estimates at most " + shortly(i.shift()) + " standard errors"
                        + (i.shifted() == null ? "" : " (" + i.shifted() + ")");
        return "Integration error: log likelihood " + signed(i.change()) + shift + ", by " + i.nextMethod() + " with "
                + i.nextPoints() + " points";
    }

    private static String signed(double x) {
        return (x > 0 ? "+" : "") + shortly(x);
    }

    private static String hessian(Certificate c) {
        int all = c.positive() + c.zero() + c.negative();
        if (all == 0) {
            return "no parameter inside";
        }
        if (c.positive() == all) {
            return "Hessian positive definite (" + all + " of " + all + ")";
        }
        String flat = c.flatDirections().isEmpty() ? "" : ", flat along " + String.join(", ", c.flatDirections());
        return "Hessian with " + c.positive() + " positive, " + c.zero() + " zero and " + c.negative()
                + " negative eigenvalues" + flat;
    }

    private static String shortly(double x) {
        return x == 0 ? "0" : String.format(Locale.ROOT, "%.1e", x);
    }

    private static String plain(double x) {
        return shortly(x).replace(".0e", "e");
    }

    static List<String> data(DataReport r) {
        List<String> out = new ArrayList<>();
        for (DataReport.Dropped d : r.dropped()) {
            out.add("Data: " + GeneralFormat.count(d.count()) + (d.count() == 1 ? " row" : " rows") + " of "
                    + GeneralFormat.count(r.rows()) + " left out: " + d.reason()
                    + (d.variable().isEmpty() ? "" : " " + d.variable()));
        }
        r.columnsDropped().forEach(c -> out.add("Data: column " + c.name() + " left out: " + c.reason()));
        for (DataReport.LevelsDropped l : r.levelsDropped()) {
            out.add("Data: no used row has " + l.factor() + " = " + some(l.levels()));
        }
        return out;
    }

    /** At most eight of them by name. */
    private static String some(List<String> levels) {
        int shown = Math.min(8, levels.size());
        String rest = levels.size() > shown ? " and " + GeneralFormat.count(levels.size() - shown) + " more" : "";
        return String.join(", ", levels.subList(0, shown)) + rest;
    }
}
