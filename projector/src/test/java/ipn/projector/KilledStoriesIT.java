package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.embedded.EmbeddedRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.key.EntitlementKey;
import ipn.polling.Polling;
import ipn.projector.ledger.Balances;
import ipn.projector.oracle.Oracle;
import ipn.projector.oracle.RandomStory;
import ipn.projector.oracle.Story;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many stories at once, shuffled and partly repeated, through a projector in a JVM of its own and a real broker; SIGKILL hits it
 * while it has records written and not committed. Afterwards every story must have the access, books and open discrepancies that
 * the {@link Oracle} says. Run more with {@code -Dstories=2000 -Dstories.kills=20}, others with {@code -Dfirst.seed=1000}.
 */
@Tag("long")
@Timeout(1200)
class KilledStoriesIT {
    private static final int STORIES = Integer.getInteger("stories", 400);
    private static final int KILLS = Integer.getInteger("stories.kills", 8);
    private static final long FIRST_SEED = Long.getLong("first.seed", 0);
    /** Days between the last event of a story and now, at most. */
    private static final int LATER = 60;

    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Random random = new Random(FIRST_SEED);
    private final List<Told> stories = LongStream.range(FIRST_SEED, FIRST_SEED + STORIES)
            .mapToObj(KilledStoriesIT::told)
            .toList();

    private long offset;

    /**
     * A story that ends shortly before now, or a while ago.
     *
     * @param suffix of all its names
     * @param first its first day
     * @param today today's number in it
     */
    private record Told(Story story, String suffix, Instant first, int today, StoryEvents states) {
        boolean isOf(String key) {
            return key.endsWith(suffix);
        }
    }

    private record Shuffled(Told told, StoryEvents.Event event) {}

    private static Told told(long seed) {
        var random = new Random(seed);
        var suffix = "-s" + seed;
        var story = RandomStory.create(random, suffix);
        var today = (story.days().isEmpty() ? 0 : story.days().last()) + random.nextInt(LATER);
        // six hours after the time of day of all its events, so that now is never the moment in which something ends
        var first = Instant.now()
                .truncatedTo(ChronoUnit.MILLIS)
                .minus(Duration.ofDays(today))
                .minus(Duration.ofHours(6));
        return new Told(story, suffix, first, today, new StoryEvents(first));
    }

    @Test
    void a_killed_projector_says_what_the_oracle_says() throws Exception {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(KilledStoriesIT.class, PARTITIONS);
        try (var registry = EmbeddedRegistry.start(folder.resolve("schemas"), 0)) {
            var kafka = new KafkaSettings(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    Map.of("schema.registry.url", registry.url()),
                    topics);
            var settings = Files.writeString(folder.resolve("ipn.yaml"), settings(kafka));
            var projector = start(settings);
            try (var values = kafka.serdes().serializer(Outcome.class);
                    var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
                var events = shuffledWithRepetitions();
                var kills = 0;
                for (var part = 0; part <= KILLS; part++) {
                    var size = events.size() / (KILLS + 1) + 1;
                    var from = part * size;
                    send(producer, topics, events.subList(from, Math.min(events.size(), from + size)));
                    if (part < KILLS) {
                        awaitUncommitted(kafka, projector);
                        projector.destroyForcibly().waitFor();
                        kills++;
                        projector = start(settings);
                    }
                }
                assertThat(kills).isEqualTo(KILLS);
                awaitAllRead(kafka, projector);
            } finally {
                projector.destroyForcibly().waitFor();
            }
            compare(kafka);
        }
    }

    private List<Shuffled> shuffledWithRepetitions() {
        var all = stories.stream()
                .flatMap(told -> StoryEvents.of(told.story).stream().map(event -> new Shuffled(told, event)))
                .collect(Collectors.toCollection(ArrayList::new));
        all.addAll(all.stream().filter(each -> random.nextInt(4) == 0).toList());
        Collections.shuffle(all, random);
        return all;
    }

    private void send(KafkaProducer<String, Outcome> producer, TopicCatalogue topics, List<Shuffled> part) {
        for (var each : part) {
            var state = each.told.states.after(each.event);
            var outcome = Projection.outcome(OutcomeKind.APPLIED, state.getPaymentKey(), offset++)
                    .setPayment(state)
                    .build();
            var unused = producer.send(
                    new ProducerRecord<>(topics.name(TopicCatalogue.OUTCOMES), outcome.getPaymentKey(), outcome));
        }
        producer.flush();
    }

    /** Waits until the projector has written further records that are not committed yet. */
    private void awaitUncommitted(KafkaSettings kafka, Process projector) {
        try (var admin = Admin.create(kafka.client())) {
            var written = Polling.upTo(PATIENCE)
                    .every(Duration.ofMillis(1))
                    .until(() -> !projector.isAlive()
                            || ends(admin, kafka, IsolationLevel.READ_UNCOMMITTED)
                                    > ends(admin, kafka, IsolationLevel.READ_COMMITTED));
            assertThat(written && projector.isAlive())
                    .as("the projector writes; it printed: %s", log())
                    .isTrue();
        }
    }

    private static long ends(Admin admin, KafkaSettings kafka, IsolationLevel level) {
        return ends(admin, partitions(kafka, TopicCatalogue.LEDGER), level).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void awaitAllRead(KafkaSettings kafka, Process projector) {
        try (var admin = Admin.create(kafka.client())) {
            var read = Polling.upTo(PATIENCE)
                    .every(Duration.ofMillis(100))
                    .until(() -> !projector.isAlive() || isAllRead(admin));
            assertThat(read && projector.isAlive())
                    .as("the projector has read everything; it printed: %s", log())
                    .isTrue();
        }
    }

    /** Its internal topics, too. */
    private static boolean isAllRead(Admin admin) {
        try {
            var read = admin.listConsumerGroupOffsets("killed-stories")
                    .partitionsToOffsetAndMetadata()
                    .get();
            var ends = ends(admin, List.copyOf(read.keySet()), IsolationLevel.READ_COMMITTED);
            return !read.isEmpty()
                    && read.entrySet().stream()
                            .allMatch(entry ->
                                    entry.getValue() != null && entry.getValue().offset() >= ends.get(entry.getKey()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions, IsolationLevel level) {
        try {
            var latest = partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
            var ends = new HashMap<TopicPartition, Long>();
            admin.listOffsets(latest, new ListOffsetsOptions(level))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void compare(KafkaSettings kafka) {
        var newest = new HashMap<String, EntitlementEvent>();
        committed(kafka, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class).forEach(event -> {
            var last = newest.put(EntitlementKey.of(event).toString(), event);
            assertThat(event.getRevision())
                    .as("revisions of %s", event.getEventId())
                    .isEqualTo(last == null ? 1 : last.getRevision() + 1);
        });
        var discrepancies = new HashMap<String, Discrepancy>();
        committed(kafka, TopicCatalogue.DISCREPANCIES, Discrepancy.class)
                .forEach(each -> discrepancies.put(each.getDiscrepancyId(), each));
        var ledger = committed(kafka, TopicCatalogue.LEDGER, LedgerEntry.class);
        assertThat(newest).isNotEmpty();
        assertThat(discrepancies).isNotEmpty();
        assertThat(ledger).isNotEmpty();
        var softly = new SoftAssertions();
        for (var told : stories) {
            var observed = new Observer(told.first)
                    .see(
                            newest.values().stream()
                                    .filter(event -> told.isOf(event.getSubject()))
                                    .toList(),
                            Balances.of(ledger.stream()
                                    .filter(entry -> told.isOf(entry.getPaymentKey()))
                                    .toList()),
                            discrepancies.values().stream()
                                    .filter(each -> told.isOf(each.getPaymentKey()))
                                    .toList());
            softly.assertThat(observed)
                    .as("%s on day %d:%n%s", told.suffix, told.today, told.story)
                    .isEqualTo(Oracle.expect(told.story, told.today));
        }
        softly.assertAll();
    }

    private static <V extends SpecificRecord> List<V> committed(KafkaSettings kafka, String topic, Class<V> type) {
        var all = new ArrayList<V>();
        var properties = kafka.client();
        properties.put("isolation.level", "read_committed");
        var bytes = new ByteArrayDeserializer();
        try (var values = kafka.serdes().deserializer(type);
                var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
            var partitions = partitions(kafka, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> all.add(values.deserialize(record.topic(), record.value())));
            }
        }
        return all;
    }

    private static List<TopicPartition> partitions(KafkaSettings kafka, String topic) {
        var name = kafka.topics().name(topic);
        return List.of(new TopicPartition(name, 0), new TopicPartition(name, 1));
    }

    private Process start(Path settings) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnedProjector.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("IPN_CONFIG", settings.toString());
        builder.environment().put("IPN_DATA", folder.resolve("data").toString());
        return builder.start();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Long transactions, so that a kill hits an open one; no brake, because many of these stories end, and that is no incident. */
    private String settings(KafkaSettings kafka) {
        return """
                kafka: {bootstrap.servers: "%s"}
                schema-registry: {url: "%s", auto.register.schemas: true}
                topics: {prefix: "%s", partitions: %d}
                management: {port: 0}
                gateways: {stripe: {main: {}}}
                projector: {application-id: killed-stories, commit-interval: PT0.4S}
                brake: {max: 1000000000, share: 100}
                products:
                %s""".formatted(
                        kafka.clients().get("bootstrap.servers"),
                        kafka.registry().get("schema.registry.url"),
                        kafka.topics().prefix(),
                        PARTITIONS,
                        stories.stream()
                                .flatMap(told -> told.story.products().stream())
                                .map(KilledStoriesIT::product)
                                .collect(Collectors.joining()));
    }

    private static String discounts(int percent) {
        return switch (percent) {
            case 0 -> "none";
            case 100 -> "any";
            default -> "up-to " + percent + "%";
        };
    }

    private static String product(Story.Product product) {
        return """
                  %s: {entitlement: %s, interval: P%dD, grace: P%dD, prices: %s, discounts: %s, keeps-above: %d,
                    cancellation: %s, aliases: [%s]%s}
                """.formatted(
                product.name(),
                product.entitlement(),
                product.days(),
                product.grace(),
                product.prices().toString().replace("=", ": "),
                discounts(product.discount()),
                product.keepsAbove(),
                product.endsAtOnce() ? "at-once" : "at-period-end",
                product.sku(),
                product.trial().isPresent() ? ", trial: P" + product.trial().getAsInt() + "D" : "");
    }
}
