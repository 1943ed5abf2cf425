package ipn.bench.chaos;

import ipn.bench.measure.CommittedRecords;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of a pipeline with one thing wrong, to see whether an oracle finds it.
 *
 * @param kind what is wrong
 * @param records without it
 */
record Planted(Kind kind, CommittedRecords records) implements CommittedRecords {
    /** What may be wrong. */
    enum Kind {
        /** An outcome is missing. */
        LOST(TopicCatalogue.OUTCOMES),
        /** A ledger entry is there twice. */
        DOUBLED(TopicCatalogue.LEDGER),
        /** Two events of one entitlement are in the other order. */
        SWAPPED(TopicCatalogue.ENTITLEMENTS),
        /** The event of an entitlement is missing whose state is there. */
        TORN(TopicCatalogue.ENTITLEMENTS);

        private final String topic;

        Kind(String topic) {
            this.topic = topic;
        }
    }

    @Override
    public void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (!topic.equals(kind.topic)) {
            records.read(topic, each);
            return;
        }
        var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        records.read(topic, all::add);
        alter(all);
        all.forEach(each);
    }

    private void alter(List<ConsumerRecord<byte[], byte[]>> all) {
        switch (kind) {
            case LOST, TORN -> all.remove(all.size() - 1);
            case DOUBLED -> all.add(all.get(0));
            case SWAPPED -> swapTwoOfOneKey(all);
        }
    }

    private static void swapTwoOfOneKey(List<ConsumerRecord<byte[], byte[]>> all) {
        for (var first = 0; first < all.size(); first++) {
            for (var second = first + 1; second < all.size(); second++) {
                if (Arrays.equals(all.get(first).key(), all.get(second).key())) {
                    Collections.swap(all, first, second);
                    return;
                }
            }
        }
        throw new IllegalStateException("no subject has two events");
    }
}
