package ipn.operations.topic;

/** Receives the progress of a long task. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = (step, done, total) -> {};

    /**
     * Receives the progress of one step.
     *
     * @param step description for people
     * @param done offsets processed so far
     * @param total offsets to process; more than there are records, because transactions leave gaps
     */
    void at(String step, long done, long total);
}
