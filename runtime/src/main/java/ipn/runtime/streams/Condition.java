package ipn.runtime.streams;

/** What a stage does now. */
enum Condition {
    RUNNING(""),
    STARTING("waits for its partitions"),
    RESTORING("restores its state"),
    PAUSED("is paused"),
    STALLED("makes no progress"),
    KAFKA_AWAY("Kafka does not answer"),
    REPLACING("replaces its Kafka clients"),
    ENDED("has stopped");

    private final String missing;

    Condition(String missing) {
        this.missing = missing;
    }

    /** What is missing until it processes records; empty if it does. */
    String missing() {
        return missing;
    }
}
