package ipn.bench.pipeline;

import java.util.Set;

/** What a round measures. */
public enum Side {
    CANDIDATE,
    BASELINE;

    /** The process that generates the load. */
    public static final String LOAD = "load";

    /** The processes of the Spring twin, another baseline: its service and its database. */
    public static final String TWIN = "twin";

    public static final String POSTGRES = "postgres";

    private static final Set<String> BASELINES = Set.of("baseline", TWIN, POSTGRES);
    private static final String BROKER = "broker";

    /** Whether the processor time of a process is a part of the cost of this side. The broker serves both; the load is a part of neither. */
    public boolean counts(String process) {
        return process.equals(BROKER) || (this == BASELINE) == BASELINES.contains(process) && !process.equals(LOAD);
    }

    /** The name in reports. */
    public String label() {
        return this == CANDIDATE ? "candidate" : "baseline";
    }
}
