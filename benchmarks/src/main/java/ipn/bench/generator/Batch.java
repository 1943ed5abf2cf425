package ipn.bench.generator;

import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/** The calls of one round, in turn. Guarded by its sender. */
final class Batch {
    private final IntFunction<byte[]> requests;
    private final IntToLongFunction dueNanos;
    private final Outcomes outcomes;
    private final long begin = System.nanoTime();
    private int due;
    private int next;
    private int answered;

    /**
     * @param requests the bytes of each call
     * @param dueNanos when each call is due after the begin; negative: when it is sent
     * @param outcomes receives what became of each call
     */
    Batch(IntFunction<byte[]> requests, IntToLongFunction dueNanos, Outcomes outcomes) {
        this.requests = requests;
        this.dueNanos = dueNanos;
        this.outcomes = outcomes;
    }

    static Batch none() {
        return new Batch(call -> new byte[0], call -> 0, new Outcomes(new long[0]));
    }

    int count() {
        return outcomes.count();
    }

    /** When a call is due, by {@link System#nanoTime()}. */
    long dueAt(int call) {
        var after = dueNanos.applyAsLong(call);
        return after < 0 ? System.nanoTime() : begin + after;
    }

    byte[] request(int call) {
        return requests.apply(call);
    }

    /** The calls before this one are due. */
    void due(int calls) {
        due = calls;
    }

    boolean waiting() {
        return next < due;
    }

    int waitingCount() {
        return due - next;
    }

    /** The next call that is due. */
    int take() {
        return next++;
    }

    void answer(int call, int status, long dueAt) {
        outcomes.record(call, status, dueAt - begin, System.nanoTime() - begin);
        answered++;
    }

    int answered() {
        return answered;
    }
}
