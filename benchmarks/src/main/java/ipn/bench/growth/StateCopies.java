package ipn.bench.growth;

import ipn.bench.measure.TaggedBytes;
import ipn.bench.measure.TopicRecords;
import ipn.topics.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Copies of stored states, with other ids of the same length: in the changelogs, from which stages restore their stores at their next start.
 * So large stores are there in minutes, made of states that the stages have written.
 *
 * @param tag the part of each id that is replaced
 * @param byStore the newest record of each key that contains the tag, by changelog
 */
record StateCopies(KafkaSettings kafka, String tag, Map<Changelog, List<Stored>> byStore) {
    private static final String SUFFIX = "-changelog";

    /** The changelog of one store of one application. */
    record Changelog(String topic, String store) {}

    /** One stored record. */
    record Stored(TaggedBytes key, TaggedBytes value) {}

    /**
     * Reads the states that the applications have stored, and that contain the tag in their keys.
     *
     * @param applications ids of Streams applications
     */
    static StateCopies read(KafkaSettings kafka, List<String> applications, String tag)
            throws InterruptedException, ExecutionException {
        var byStore = new LinkedHashMap<Changelog, List<Stored>>();
        for (var changelog : changelogs(kafka, applications)) {
            var newest = new LinkedHashMap<Bytes, Stored>();
            TopicRecords.readAll(kafka, changelog.topic(), record -> {
                var key = TaggedBytes.of(record.key(), tag);
                if (key.tagged()) {
                    if (record.value() == null) {
                        newest.remove(Bytes.wrap(record.key()));
                    } else {
                        newest.put(Bytes.wrap(record.key()), new Stored(key, TaggedBytes.of(record.value(), tag)));
                    }
                }
            });
            if (!newest.isEmpty()) {
                byStore.put(changelog, List.copyOf(newest.values()));
            }
        }
        return new StateCopies(kafka, tag, byStore);
    }

    private static List<Changelog> changelogs(KafkaSettings kafka, List<String> applications)
            throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(kafka.client())) {
            var all = new ArrayList<Changelog>();
            for (var topic : admin.listTopics().names().get()) {
                applications.stream()
                        .filter(application -> topic.startsWith(application + "-") && topic.endsWith(SUFFIX))
                        .map(application -> new Changelog(
                                topic, topic.substring(application.length() + 1, topic.length() - SUFFIX.length())))
                        .forEach(all::add);
            }
            return all;
        }
    }

    /** How many records of a store there are. */
    int count(String store) {
        return byStore.entrySet().stream()
                .filter(each -> each.getKey().store().equals(store))
                .mapToInt(each -> each.getValue().size())
                .sum();
    }

    /**
     * Writes the copies. The applications must not run.
     *
     * @param tags one for each copy, as long as the tag that they replace
     */
    void write(List<String> tags) {
        Properties settings = kafka.client();
        settings.put("acks", "all");
        settings.put("linger.ms", "50");
        settings.put("batch.size", "524288");
        settings.put("buffer.memory", "67108864");
        settings.put("compression.type", "lz4");
        var failed = new AtomicReference<@Nullable Exception>();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var i = 0; i < tags.size(); i++) {
                for (var record : copies(tags.get(i))) {
                    var unused = producer.send(record, (written, failure) -> {
                        if (failure != null) {
                            failed.compareAndSet(null, failure);
                        }
                    });
                }
                if (i % 100 == 99) {
                    System.err.printf("  %,d of %,d copies%n", i + 1, tags.size());
                }
            }
        }
        if (failed.get() != null) {
            throw new IllegalStateException("copies: a record was not stored", failed.get());
        }
    }

    /** One copy of all records. */
    List<ProducerRecord<byte[], byte[]>> copies(String otherTag) {
        var copies = new ArrayList<ProducerRecord<byte[], byte[]>>();
        byStore.forEach((changelog, records) -> records.forEach(record -> {
            var key = record.key().with(otherTag);
            copies.add(new ProducerRecord<>(
                    changelog.topic(),
                    partition(changelog.store(), key),
                    key,
                    record.value().with(otherTag)));
        }));
        return copies;
    }

    private int partition(String store, byte[] key) {
        var routingKey = StoreRouting.routingKey(store, new String(key, StandardCharsets.UTF_8));
        return BuiltInPartitioner.partitionForKey(
                routingKey.getBytes(StandardCharsets.UTF_8), kafka.topics().partitions());
    }
}
