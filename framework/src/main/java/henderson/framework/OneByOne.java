package henderson.framework;

import henderson.api.Clusters;
import henderson.api.Fold;

/** Folds one leaf after the other. */
final class OneByOne implements Clusters {
    @Override
    public <A> A fold(int leaves, Fold<A> fold) {
        A sum = fold.create();
        for (int i = 0; i < leaves; i++) {
            fold.accumulate(i, sum);
        }
        return sum;
    }
}
