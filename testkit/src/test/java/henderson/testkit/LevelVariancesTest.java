package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.PositionKind;
import java.util.List;

/** The contract takes a combinator that is right. */
class LevelVariancesTest implements CombinatorContract {
    @Override
    public Combinator combinator() {
        return new LevelVariances();
    }

    @Override
    public List<BoundStructure> inner(int size) {
        return List.of(new FirstOrder().bind(Arguments.none(), new StrictPositions(PositionKind.INTEGER, size)));
    }
}
