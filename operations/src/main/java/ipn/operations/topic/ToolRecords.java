package ipn.operations.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.operations.Operator;
import ipn.seal.Sealer;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes raw records that a tool writes for an operator, instead of the ingress for a gateway.
 *
 * @param clock says when a record is received
 * @param sealer seals them; empty: without a seal
 * @param contentType of the documents
 * @param writtenBy prefix of {@code ipn.verified-by}, before the name of the operator
 */
public record ToolRecords(
        KafkaSettings kafka, Clock clock, Optional<Sealer> sealer, String contentType, String writtenBy) {

    /**
     * One record.
     *
     * @param item what it is about: its keys and type
     * @param at when it happened
     */
    public ProducerRecord<byte[], byte[]> record(
            AccountId account, Item item, byte[] document, Instant at, Operator who) {
        var topic = kafka.topics().name(TopicCatalogue.RAW);
        var record = new ProducerRecord<>(topic, item.paymentKey().getBytes(UTF_8), document);
        header(record, Headers.CE_SPECVERSION, "1.0");
        header(record, Headers.CE_ID, item.eventKey());
        header(record, Headers.CE_SOURCE, account.path());
        header(record, Headers.CE_TYPE, item.type());
        header(record, Headers.CE_TIME, at.toString());
        header(record, Headers.CONTENT_TYPE, contentType);
        header(record, Headers.RECEIVED_AT, clock.instant().toString());
        header(record, Headers.VERIFIED_BY, writtenBy + who.by());
        sealer.ifPresent(each -> each.seal(record));
        return record;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
