package ipn.operations.topic;

/** Hears how far a long task has come. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = (step, done, total) -> {};

    /**
     * @param step what is being done, for people
     * @param done offsets passed so far
     * @param total offsets to pass; greater than the number of records, since transactions leave gaps
     */
    void at(String step, long done, long total);
}
