package ipn.bench.chaos;

import ipn.bench.load.SeparateStages;
import java.io.IOException;
import java.util.Random;

/** The broker that a pipeline starts itself. */
record OneBroker(SeparateStages stages, BrokerLink link) implements Brokers {
    @Override
    public boolean several() {
        return false;
    }

    @Override
    public BrokerLink link(Random random) {
        return link;
    }

    @Override
    public long pid(Random random) throws IOException {
        return stages.brokerId();
    }

    @Override
    public void kill(Random random) throws IOException, InterruptedException {
        stages.killBroker();
    }

    @Override
    public void killFor(int count, int millis, Random random) {
        throw new UnsupportedOperationException("one broker cannot be away while others work");
    }

    @Override
    public void roll() {
        throw new UnsupportedOperationException("one broker cannot be stopped while others work");
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
