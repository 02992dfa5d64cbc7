package henderson.testkit;

import henderson.api.PositionKind;
import henderson.api.Positions;

/**
 * Positions that answer only what a kind asked for; numbers are 1, 2, 4, 7, … so that gaps differ, or whole runs with a gap
 * here and there.
 */
record StrictPositions(PositionKind kind, int size, boolean runs) implements Positions {
    StrictPositions(PositionKind kind, int size) {
        this(kind, size, false);
    }

    @Override
    public String label(int i) {
        refuseUnless(kind != PositionKind.NONE, "labels");
        return "p" + (i + 1);
    }

    @Override
    public int integer(int i) {
        refuseUnless(kind == PositionKind.INTEGER, "whole numbers");
        return number(i);
    }

    @Override
    public double real(int i) {
        refuseUnless(kind == PositionKind.INTEGER || kind == PositionKind.REAL, "numbers");
        return kind == PositionKind.INTEGER ? number(i) : number(i) / 3.0;
    }

    @Override
    public double coordinate(int i, int axis) {
        refuseUnless(kind != PositionKind.NONE && kind != PositionKind.LABEL, "coordinates");
        return Math.cos(number(i) + axis);
    }

    @Override
    public int axes() {
        return kind == PositionKind.COORDINATES ? 2 : 1;
    }

    private int number(int i) {
        return runs ? i + i / 13 + 3 * (i / 50) : 1 + i * (i + 1) / 2;
    }

    private void refuseUnless(boolean asked, String what) {
        if (!asked) {
            throw new UnsupportedOperationException(
                    "The kind declares positions " + kind + " and asks for " + what + ".");
        }
    }
}
