package henderson.cli;

import picocli.CommandLine.Model.CommandSpec;

/** A command whose arguments stand, at least in part, in tables and not in annotations. */
interface DeclaredVerb extends Verb {
    /** All its arguments. */
    CommandSpec declare();

    /** What was given of those in tables; called before it runs. */
    void take(Given given);
}
