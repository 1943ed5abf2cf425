package ipn.bench.ingress;

import java.util.List;

/** What a round of {@code bench ingress} measures. */
enum Side {
    INGRESS("ingress"),
    BARE("bare handler"),
    /** Without HTTP. */
    PRODUCER("producer");

    /** The sides that serve HTTP. */
    static final List<Side> SERVERS = List.of(INGRESS, BARE);

    private static final String BROKER = "broker";

    private final String label;

    Side(String label) {
        this.label = label;
    }

    /** The name in reports, and of its process. */
    String label() {
        return label;
    }

    /** Whether the processor time of a process is a part of the cost of this side. The broker serves all. */
    boolean counts(String process) {
        return process.equals(BROKER) || process.equals(label);
    }
}
