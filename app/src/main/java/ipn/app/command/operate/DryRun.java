package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.avro.Claim;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.deadletter.Redrive;
import ipn.operations.deadletter.RedriveResult;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.NewestOfKeys;
import ipn.operations.topic.TopicReader;
import ipn.projector.history.CatalogueTopic;
import ipn.projector.preview.ClaimPreview;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a replay would do, without a write: every dead letter is decided by the rules and settings of this command, one after the
 * other, on the state of its payment that is stored now. States are kept as bytes, about 1 to 2 KiB for each payment of the dead letters.
 */
final class DryRun {
    /** The result, and what it would change. */
    record Preview(RedriveResult result, ReplayForecast forecast) {}

    private final KafkaSettings kafka;
    private final ProgressBar progress;
    private final ExpectedOutcomes rules;
    private final Map<String, ByteBuffer> stored = new HashMap<>();
    private final Map<String, ByteBuffer> changed = new HashMap<>();
    private final ReplayForecast.Sum sum = new ReplayForecast.Sum();

    DryRun(Session session, KafkaSettings kafka, ProgressBar progress) {
        this.kafka = kafka;
        this.progress = progress;
        this.rules = ExpectedOutcomes.read(session);
    }

    Preview run(Redrive redrive, DeadLetterFilter which, Operator who) {
        var keys = new DeadLetters(kafka, kafka.serdes()).paymentKeys(which, progress);
        read(TopicCatalogue.PAYMENTS, keys, PaymentState.class).forEach((key, state) -> stored.put(key, bytes(state)));
        var result = redrive.preview(which, who, progress, this::decide);
        return new Preview(result, sum.forecast(rules.verified(), changes()));
    }

    private void decide(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        var key = letter.paymentKey();
        var before = state(changed.getOrDefault(key, stored.get(key)));
        var expected = rules.expect(record, before);
        expected.after().ifPresent(after -> changed.put(key, bytes(after)));
        sum.add(letter, before, expected);
    }

    private List<ReplayForecast.Change> changes() {
        var preview = new CatalogueTopic(kafka)
                .read()
                .history()
                .map(history ->
                        new ClaimPreview(history, Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC)));
        var orders = orders();
        return changed.entrySet().stream()
                .map(entry -> change(entry.getKey(), entry.getValue(), preview, orders))
                .toList();
    }

    private ReplayForecast.Change change(
            String key, ByteBuffer bytes, Optional<ClaimPreview> preview, Map<String, Order> orders) {
        var before = state(stored.get(key));
        var after = state(bytes);
        return new ReplayForecast.Change(
                before, Objects.requireNonNull(after), claims(preview, before, orders), claims(preview, after, orders));
    }

    private static List<Claim> claims(
            Optional<ClaimPreview> preview, @Nullable PaymentState state, Map<String, Order> orders) {
        return state == null
                ? List.of()
                : preview.map(rules -> rules.of(state, id -> Optional.ofNullable(orders.get(id))))
                        .orElse(List.of());
    }

    /** The orders that payments name which would change. */
    private Map<String, Order> orders() {
        var ids = new HashSet<String>();
        Stream.concat(changed.keySet().stream().map(stored::get), changed.values().stream())
                .map(DryRun::state)
                .filter(state -> state != null)
                .forEach(state -> ClaimPreview.order(state).ifPresent(ids::add));
        return read(TopicCatalogue.ORDERS, ids, Order.class);
    }

    private <T extends SpecificRecord> Map<String, T> read(String name, Set<String> keys, Class<T> type) {
        var found = new HashMap<String, T>();
        if (keys.isEmpty()) {
            return found;
        }
        try (var reader = TopicReader.open(kafka);
                var values = kafka.serdes().deserializer(type)) {
            new NewestOfKeys(reader, kafka.topics().name(name), key -> keys.contains(new String(key, UTF_8)))
                    .read(
                            progress,
                            record -> AvroValues.read(record, values)
                                    .ifPresent(value -> found.put(new String(record.key(), UTF_8), value)));
        }
        return found;
    }

    private static ByteBuffer bytes(PaymentState state) {
        try {
            return state.toByteBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable PaymentState state(@Nullable ByteBuffer bytes) {
        try {
            return bytes == null ? null : PaymentState.fromByteBuffer(bytes.duplicate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
