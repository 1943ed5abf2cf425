package ipn.bench.pipeline;

/** What a round measures. */
enum Side {
    CANDIDATE,
    BASELINE;

    /** The process that generates the load. */
    static final String LOAD = "load";

    private static final String BROKER = "broker";

    /** Whether the processor time of a process is a part of the cost of this side. The broker serves both; the load is a part of neither. */
    boolean counts(String process) {
        return process.equals(BROKER)
                || (this == BASELINE) == process.equals(BASELINE.label()) && !process.equals(LOAD);
    }

    /** The name in reports. */
    String label() {
        return this == CANDIDATE ? "candidate" : "baseline";
    }
}
