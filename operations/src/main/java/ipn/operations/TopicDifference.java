package ipn.operations;

/**
 * Where a topic is not as the catalogue wants it.
 *
 * @param topic full name
 * @param what {@code topic}, {@code partitions}, {@code replication}, or the name of a topic setting
 * @param actual what the cluster has
 * @param expected what the catalogue wants
 * @param mended true: {@code apply} has put it right
 */
public record TopicDifference(String topic, String what, String actual, String expected, boolean mended) {}
