package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.PositionKind;
import henderson.api.Positions;
import java.util.List;

/**
 * Matérn's correlation of smoothness {@code nu}, 0.5, 1.5 or 2.5, at distance d on a line or in a plane: with {@code z =
 * d/range} it is {@code e^{−z}}, {@code (1 + z)e^{−z}} or {@code (1 + z + z²/3)e^{−z}}; the range is that of SAS's {@code
 * sp(matern)} and glmmTMB's {@code mat}. With {@code nugget} a part of the variance belongs to each row alone; rows at the
 * same place need it. On a line the cost is linear in the rows.
 */
public final class Matern implements CovarianceStructure {
    /** The kind. */
    public Matern() {}

    @Override
    public String name() {
        return "matern";
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(
                new ArgumentSpec("nu", ArgumentSpec.Type.REAL, List.of(), 1.5),
                new ArgumentSpec("nugget", ArgumentSpec.Type.FLAG, List.of(), false));
    }

    @Override
    public PositionKind positions() {
        return PositionKind.COORDINATES;
    }

    @Override
    public boolean coincident(Arguments arguments) {
        return arguments.flag("nugget");
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        double nu = arguments.real("nu");
        Kernel kernel =
                nu == 0.5 ? Kernel.EXPONENTIAL : nu == 1.5 ? Kernel.MATERN_3_2 : nu == 2.5 ? Kernel.MATERN_5_2 : null;
        if (kernel == null) {
            throw new HendersonException(
                    "Structure 'matern' has nu = " + Times.text(nu) + "; it is one of 0.5, 1.5, 2.5.",
                    "Maybe matern(…, nu = 1.5).");
        }
        return BoundDistance.byRange(name(), kernel, Sites.of(name(), positions), arguments.flag("nugget"));
    }
}
