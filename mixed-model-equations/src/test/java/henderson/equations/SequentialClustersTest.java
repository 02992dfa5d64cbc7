package henderson.equations;

import henderson.api.Clusters;
import henderson.testkit.ClustersContract;

class SequentialClustersTest implements ClustersContract {
    @Override
    public Clusters clusters() {
        return new SequentialClusters();
    }
}
