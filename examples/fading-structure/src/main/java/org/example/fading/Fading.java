package org.example.fading;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** A variance common to all columns, and a correlation ρ that fades to ρ², ρ³, … from column to column. */
public final class Fading implements CovarianceStructure {
    @Override
    public String name() {
        return "fading";
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return new BoundStructure() {
            @Override
            public List<Coordinate> coordinates() {
                return List.of(Coordinate.variance("sd", -1), Coordinate.correlation("rho"));
            }

            @Override
            public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                for (int i = 0; i < at.length; i++) {
                    for (int j = 0; j < at.length; j++) {
                        out.set(i, j, tau[0] * tau[0] * Math.pow(Math.sin(tau[1]), Math.abs(at[i] - at[j])));
                    }
                }
                return out;
            }
        };
    }
}
