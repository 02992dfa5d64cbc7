package henderson.data.stata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The commands that fit a model: the family and the link they stand for, and the options they know. */
enum ModelCommand {
    MIXED("mixed", "gaussian", "identity"),
    XTMIXED("xtmixed", "gaussian", "identity"),
    MELOGIT("melogit", "binomial", "logit"),
    MEPROBIT("meprobit", "binomial", "probit"),
    MECLOGLOG("mecloglog", "binomial", "cloglog"),
    MEOLOGIT("meologit", "ordinal", "logit"),
    MEOPROBIT("meoprobit", "ordinal", "probit"),
    MEPOISSON("mepoisson", "poisson", "log"),
    MENBREG("menbreg", "negative-binomial", "log"),
    MEGLM("meglm", "gaussian", "identity"),
    MEQRLOGIT("meqrlogit", "binomial", "logit"),
    MEQRPOISSON("meqrpoisson", "poisson", "log"),
    XTMELOGIT("xtmelogit", "binomial", "logit"),
    XTMEPOISSON("xtmepoisson", "poisson", "log");

    /** Negative binomial with dispersion that is constant. */
    static final String CONSTANT = "nb1";

    /** {@code family()} of meglm: its words and the families meant. */
    static final Map<String, String> FAMILIES = new TreeMap<>(Map.of(
            "gaussian",
            "gaussian",
            "bernoulli",
            "binomial",
            "binomial",
            "binomial",
            "gamma",
            "gamma",
            "nbinomial",
            "negative-binomial",
            "ordinal",
            "ordinal",
            "poisson",
            "poisson"));

    static final List<String> LINKS = List.of("identity", "log", "logit", "probit", "cloglog");

    /** Options of all generalized models that this version has. */
    private static final List<String> GENERALIZED = List.of(
            "log",
            "nolog",
            "iterate",
            "tolerance",
            "ltolerance",
            "nrtolerance",
            "difficult",
            "technique",
            "level",
            "nogroup",
            "noheader",
            "nolrtest",
            "vce",
            "offset",
            "intpoints");

    private final String word;
    private final String family;
    private final String link;

    ModelCommand(String word, String family, String link) {
        this.word = word;
        this.family = family;
        this.link = link;
    }

    String word() {
        return word;
    }

    String family() {
        return family;
    }

    String link() {
        return link;
    }

    static List<String> words() {
        List<String> out = new ArrayList<>();
        for (ModelCommand c : values()) {
            out.add(c.word);
        }
        return out;
    }

    /** The command of that name; it must be one of {@link #words()}. */
    static ModelCommand of(String word) {
        return values()[words().indexOf(word)];
    }

    boolean linear() {
        return this == MIXED || this == XTMIXED;
    }

    /** The older commands that stop at QR decompositions: modes, and other words for the integration. */
    boolean old() {
        return this == MEQRLOGIT || this == MEQRPOISSON || this == XTMELOGIT || this == XTMEPOISSON;
    }

    /** Whether standard deviations are shown unless variances are asked for. */
    boolean showsDeviations() {
        return word.startsWith("xt");
    }

    /** Options this version has, beside those of equations. */
    List<String> options() {
        List<String> out = new ArrayList<>(GENERALIZED);
        if (old()) {
            out.addAll(List.of("laplace", "variance", "stddeviations", "matsqrt", "matlog", "noretable", "nofetable"));
        } else {
            out.addAll(List.of("intmethod", "asis"));
        }
        boolean anything = this == MEGLM;
        if (family.equals("binomial")) {
            out.add("binomial");
        }
        if (family.equals("poisson") || this == MENBREG || anything) {
            out.addAll(List.of("exposure", "irr"));
        }
        if (link.equals("logit") || anything) {
            out.add("or");
        }
        if (anything) {
            out.addAll(List.of("family", "link", "eform"));
        }
        if (this == MENBREG) {
            out.add("dispersion");
        }
        return out;
    }
}
