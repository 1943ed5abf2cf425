package ipn.projector.stream;

import ipn.avro.Entitlement;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Puts an entitlement's state into the partition of the subject's events, though its key is longer than the subject. */
public final class SubjectPartitioner implements StreamPartitioner<String, Entitlement> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, Entitlement value, int partitions) {
        var subject = value.getLast().getSubject().getBytes(StandardCharsets.UTF_8);
        return Optional.of(Set.of(BuiltInPartitioner.partitionForKey(subject, partitions)));
    }
}
