package ipn.bench.generator;

import java.util.List;

/**
 * What the load process is to send in one round.
 *
 * @param target where to
 * @param calls how many distinct calls are signed; they are sent in turn if the phases contain more
 * @param tag part of each id, different in each round
 * @param phases one after the other; none: each call once, as fast as the connections allow
 * @param connections opened in advance; the number of a closed loop
 * @param connectionsMax with phases, more connections are opened up to here while calls wait
 * @param attack what is sent at the same time by others
 * @param outcomes file to which the {@link Outcomes} are written; chosen by {@link LoadProcess}
 */
public record LoadPlan(
        Target target,
        int calls,
        String tag,
        List<Phase> phases,
        int connections,
        int connectionsMax,
        Attack attack,
        String outcomes) {
    public LoadPlan {
        phases = List.copyOf(phases);
    }

    /** Whether the calls are sent over HTTP, or as records of a producer. */
    public enum Kind {
        HTTP,
        PRODUCER
    }

    /**
     * Where to send.
     *
     * @param address host and port of the HTTP server, or of the broker
     * @param topic of the producer; empty for HTTP
     */
    public record Target(Kind kind, String address, String topic) {}

    /** @param rate calls per second */
    public record Phase(int rate, double seconds) {
        /** The number of calls in this phase. */
        public int calls() {
            return (int) Math.round(rate * seconds);
        }
    }

    /**
     * Calls of others per second, from addresses of their own.
     *
     * @param slow calls whose body arrives at one byte each 250 ms
     * @param forged calls that are signed with a wrong secret
     * @param oversized calls with a body larger than the ingress takes
     */
    public record Attack(double slow, double forged, double oversized) {
        public static final Attack NONE = new Attack(0, 0, 0);
    }

    /** The same with another file for the outcomes. */
    LoadPlan writingTo(String file) {
        return new LoadPlan(target, calls, tag, phases, connections, connectionsMax, attack, file);
    }
}
