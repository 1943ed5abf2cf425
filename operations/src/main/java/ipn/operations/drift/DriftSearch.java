package ipn.operations.drift;

import ipn.drift.DriftDetector;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.StalledException;
import ipn.operations.topic.TopicReader;
import ipn.report.ToolRecord;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Compares the notifications in {@code ipn.raw} with the known formats of their gateways. All of them are authentic: nothing else is
 * stored. Injected report lines have a format of our own and are skipped.
 */
public final class DriftSearch {
    /** Kinds of differences that are counted separately; each takes a few hundred bytes. */
    private static final int DISTINCT_MAX = 1_000;

    private static final byte[] NOTHING = {};

    private final KafkaSettings kafka;
    private final Accounts accounts;
    private final DriftDetector detector;
    private final int distinctMax;

    /** @param accounts accounts whose notifications are checked */
    public DriftSearch(KafkaSettings kafka, Accounts accounts, DriftDetector detector) {
        this(kafka, accounts, detector, DISTINCT_MAX);
    }

    DriftSearch(KafkaSettings kafka, Accounts accounts, DriftDetector detector, int distinctMax) {
        this.kafka = kafka;
        this.accounts = accounts;
        this.detector = detector;
        this.distinctMax = distinctMax;
    }

    /**
     * Checks all notifications that are selected.
     *
     * @param gateway only notifications of this gateway; empty: of all
     * @param since only those that the broker stored at this time or later; empty: all that retention has kept
     * @throws StalledException if not all could be read
     */
    public DriftReport run(Optional<String> gateway, Optional<Instant> since, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            var all = reader.all(kafka.topics().name(TopicCatalogue.RAW));
            var span = since.map(time -> reader.since(all, time)).orElse(all);
            var pass = new Pass(gateway);
            reader.read(span, "reading raw records", progress, pass::check);
            return pass.report();
        }
    }

    private final class Pass {
        private final Optional<String> only;
        private final DriftCounter tally = new DriftCounter(distinctMax);
        private long records;
        private long unconfigured;
        private long unreadable;

        Pass(Optional<String> only) {
            this.only = only;
        }

        void check(ConsumerRecord<byte[], byte[]> record) {
            var stored = stored(record);
            if (only.isPresent() && !only.equals(stored.gateway())
                    || ToolRecord.in(stored).isPresent()) {
                return;
            }
            var account = stored.account(accounts);
            if (account.isEmpty()) {
                unconfigured++;
                return;
            }
            records++;
            try {
                check(account.get(), record, stored);
            } catch (RuntimeException | StackOverflowError e) {
                // A bug of an adapter must not end the search. Its message may contain payment data and is not shown.
                unreadable++;
            }
        }

        private void check(GatewayAccount account, ConsumerRecord<byte[], byte[]> record, StoredDelivery stored) {
            var storedAt = Instant.ofEpochMilli(record.timestamp());
            var delivery = stored.delivery(body(record.value()), storedAt);
            var items = account.identify(delivery);
            var index = stored.itemIndex();
            if (index.isEmpty() || index.getAsInt() >= items.size()) {
                unreadable++;
                return;
            }
            var item = items.get(index.getAsInt());
            for (var finding : detector.findings(account, delivery, item)) {
                tally.add(account.id().gateway(), shown(item.type()), finding, storedAt, Position.of(record));
            }
        }

        DriftReport report() {
            return new DriftReport(tally.rows(), records, unconfigured, unreadable, tally.beyond());
        }
    }

    private static StoredDelivery stored(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        for (Header header : record.headers()) {
            headers.add(new SimpleImmutableEntry<>(header.key(), header.value()));
        }
        return new StoredDelivery(List.copyOf(headers));
    }

    private static Bytes body(byte @Nullable [] value) {
        return Bytes.wrap(value == null ? NOTHING : value);
    }

    /** An event type with unusual characters may contain payment data and is not shown. */
    private static String shown(String type) {
        return type.matches("[A-Za-z0-9_.:/-]{1,100}") ? type : "?";
    }
}
