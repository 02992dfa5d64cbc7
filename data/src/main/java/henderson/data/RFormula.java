package henderson.data;

import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.StructureCall;

/**
 * The R-style language: formulas, row filters and residual structures. What it returns prints itself as a text that
 * parses back to an equal value. Errors are {@link henderson.api.HendersonException}s that show the text with a caret
 * under the character.
 */
public final class RFormula {
    private RFormula() {}

    /**
     * Parses {@code response ~ terms}. Fixed terms are joined by {@code + - * : / ^}; the constant is there unless
     * {@code 0 +} or {@code -1} says otherwise; variables may be {@code factor(x)}, {@code poly(x, k)}, {@code
     * poly(x, k, raw = TRUE)}, {@code I(…)}, {@code log log10 log2 sqrt exp abs sin cos}, {@code mean(x | g)} and {@code
     * center(x | g)}; {@code offset(e)} is added with coefficient one. Random terms are {@code (terms | group)}, which is
     * {@code unstructured(terms | group)}; {@code (terms || group)}, which is {@code independent(terms | group)} over all
     * columns, the dummies of a factor included; and {@code structure(terms | group, argument = value)}. The group is
     * {@code g}, {@code a:b} or, for a term each of {@code a} and {@code a:b}, {@code a/b}.
     */
    public static Formula parse(String text) {
        Parser parser = new Parser(new Source("Formula", text));
        if (parser.peek().is("~")) {
            throw parser.error(parser.peek().at(), "the response is missing.", "Maybe y ~ x + (1 | group).");
        }
        Expression response = parser.expression(1);
        parser.expect("~", "Maybe y ~ x + (1 | group).");
        Expression right = parser.expression(1);
        if (parser.peek().is("~")) {
            throw parser.error(parser.peek().at(), "a second '~'.", null);
        }
        parser.expectEnd();
        return new FormulaBuilder(parser).build(response, right);
    }

    /**
     * Parses a row filter: {@code == != < <= > >= && || !}, arithmetic, texts between quotes, the elementary functions,
     * and {@code count(g)}, the number of rows of the table that have this row's value of {@code g}.
     */
    public static Expression parseFilter(String text) {
        Parser parser = new Parser(new Source("Filter", text));
        Expression out = parser.expression(1);
        parser.expectEnd();
        Functions.checkNumber(parser, out, true);
        return out;
    }

    /**
     * Parses a residual structure: {@code ar(2, time | mare)}, {@code exchangeable(1 | id)}, {@code independent}, {@code
     * ar(1, time)} without a group, products {@code us(outcome) * ar(1, visit) | id}; followed by {@code , by = g} and
     * {@code , variances = v}, which become calls around it, {@code by} outermost. A factor of levels may be {@code a:b};
     * a variance function {@code variances = power(x)} is argument {@code function} of that call. Names are not checked.
     */
    public static StructureCall parseResidual(String text) {
        return new ResidualParser(new Parser(new Source("Residual structure", text))).parse();
    }
}
