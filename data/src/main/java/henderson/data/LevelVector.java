package henderson.data;

/** One where a factor has a level, zero elsewhere. */
record LevelVector(Factor factor, int level) implements Vector {
    @Override
    public void fill(int[] rows, int count, double[] out, Scratch scratch) {
        for (int i = 0; i < count; i++) {
            out[i] = factor.code(rows[i]) == level ? 1 : 0;
        }
    }
}
