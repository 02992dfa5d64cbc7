package henderson.testkit;

import henderson.api.Clusters;

/** The reference keeps its own laws. */
class ReferenceClustersTest implements ClustersContract {
    @Override
    public Clusters clusters() {
        return new ReferenceClusters();
    }
}
