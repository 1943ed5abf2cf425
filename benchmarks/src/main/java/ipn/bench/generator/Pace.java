package ipn.bench.generator;

import ipn.bench.generator.LoadPlan.Phase;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** When each call of an open loop is due, in nanoseconds after the begin. */
record Pace(List<Phase> phases) {
    int calls() {
        return phases.stream().mapToInt(Phase::calls).sum();
    }

    double seconds() {
        return phases.stream().mapToDouble(Phase::seconds).sum();
    }

    /** @throws IndexOutOfBoundsException if the phases have fewer calls */
    long dueNanos(int call) {
        var before = 0.0;
        var index = call;
        for (var phase : phases) {
            if (index < phase.calls()) {
                return Math.round((before + index / (double) phase.rate()) * TimeUnit.SECONDS.toNanos(1));
            }
            before += phase.seconds();
            index -= phase.calls();
        }
        throw new IndexOutOfBoundsException(call);
    }
}
