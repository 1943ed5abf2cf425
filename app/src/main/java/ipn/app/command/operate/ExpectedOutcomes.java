package ipn.app.command.operate;

import ipn.app.command.Session;
import ipn.avro.PaymentState;
import ipn.gateway.Accounts;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import ipn.processor.ProcessorSettings;
import ipn.processor.RawRecord;
import ipn.processor.RawRecordHandler;
import ipn.processor.ReplayPreview;
import ipn.topics.Headers;
import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What dead letters would become by the rules and settings of this command; writes nothing.
 *
 * @param verified false where signatures and seals are not verified, because these settings lack a secret
 */
record ExpectedOutcomes(ReplayPreview preview, boolean verified) {

    static ExpectedOutcomes read(Session session) {
        var source = session.settingsOrBuiltIn();
        var settings = source.read();
        var processor = ProcessorSettings.from(settings, session.data());
        if (settings.problems().found().isEmpty()) {
            return new ExpectedOutcomes(new ReplayPreview(processor.handler()), true);
        }
        var unverified = new RawRecordHandler(Accounts.from(source.read().withoutSecrets()));
        return new ExpectedOutcomes(new ReplayPreview(unverified), false);
    }

    /**
     * An outcome in one line.
     *
     * @param more what follows from it; may be empty
     */
    static String line(ReplayPreview.Expected expected, String more, boolean verified) {
        return expected.kind()
                + expected.reason()
                        .map(reason -> " (" + reason + ": " + expected.detail().orElse("") + ")")
                        .orElse("")
                + more
                + (verified ? "" : "; signature and seal not verified: these settings lack a secret");
    }

    /** @param before state of its payment; null where nothing is known */
    ReplayPreview.Expected expect(ConsumerRecord<byte[], byte[]> letter, @Nullable PaymentState before) {
        return preview.expect(raw(letter), before);
    }

    /** What a record that a tool would write becomes. */
    ReplayPreview.Expected expect(
            ProducerRecord<byte[], byte[]> written,
            ConsumerRecord<byte[], byte[]> letter,
            @Nullable PaymentState before) {
        return preview.expect(raw(written.key(), written.value(), written.headers(), letter), before);
    }

    /** The raw record that a replay would write. */
    private static RawRecord raw(ConsumerRecord<byte[], byte[]> letter) {
        return raw(letter.key(), letter.value(), letter.headers(), letter);
    }

    private static RawRecord raw(
            byte @Nullable [] key,
            byte @Nullable [] value,
            org.apache.kafka.common.header.Headers headers,
            ConsumerRecord<byte[], byte[]> letter) {
        return new RawRecord(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                Instant.ofEpochMilli(Math.max(0, letter.timestamp())),
                key == null ? null : Bytes.wrap(key),
                value == null ? null : Bytes.wrap(value),
                stored(headers));
    }

    /** Without the headers of a failure. */
    static StoredDelivery stored(org.apache.kafka.common.header.Headers all) {
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        all.forEach(header -> {
            if (!Headers.isOfHop(header.key())) {
                headers.add(new SimpleImmutableEntry<>(header.key(), header.value()));
            }
        });
        return new StoredDelivery(headers);
    }
}
