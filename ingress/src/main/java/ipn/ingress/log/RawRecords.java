package ipn.ingress.log;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Verdict;
import ipn.topics.Headers;
import ipn.topics.TraceParent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Turns an authentic delivery, or a document fetched because of one, into records of {@code ipn.raw}: the exact bytes as
 * value, everything else in headers.
 */
public final class RawRecords {
    /** No gateway has longer types; the body contains the whole type anyway. */
    private static final int TYPE_LENGTH_MAX = 200;

    private RawRecords() {}

    /** One record for each item, in a trace of their own. */
    public static List<ProducerRecord<byte[], byte[]>> of(
            String topic, GatewayAccount account, Delivery delivery, Verdict.Genuine genuine, List<Item> items) {
        return of(topic, account, delivery, genuine, items, TraceParent.root());
    }

    /** One record for each item, in a trace. */
    public static List<ProducerRecord<byte[], byte[]>> of(
            String topic,
            GatewayAccount account,
            Delivery delivery,
            Verdict.Genuine genuine,
            List<Item> items,
            TraceParent trace) {
        var shared = sharedHeaders(account, delivery, genuine, trace);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>(items.size());
        for (var item : items) {
            var headers = new ArrayList<Header>(shared.size() + 4);
            headers.add(header(Headers.CE_ID, item.eventKey()));
            headers.add(header(Headers.CE_TYPE, type(item)));
            if (items.size() > 1) {
                headers.add(header(Headers.ITEM, Integer.toString(item.index())));
            }
            headers.addAll(shared);
            records.add(new ProducerRecord<>(
                    topic, null, utf8(item.paymentKey()), delivery.body().array(), headers));
        }
        return records;
    }

    private static List<Header> sharedHeaders(
            GatewayAccount account, Delivery delivery, Verdict.Genuine genuine, TraceParent trace) {
        AccountId id = account.id();
        var receivedAt = delivery.receivedAt().toString();
        var headers = new ArrayList<Header>();
        headers.add(header(Headers.CE_SPECVERSION, "1.0"));
        headers.add(header(Headers.CE_SOURCE, id.path()));
        headers.add(header(Headers.CE_TIME, receivedAt));
        delivery.header("content-type").ifPresent(type -> headers.add(header(Headers.CONTENT_TYPE, type)));
        headers.add(header(Headers.RECEIVED_AT, receivedAt));
        delivery.fetchedFrom().ifPresent(url -> headers.add(header(Headers.FETCHED_FROM, url)));
        headers.add(header(Headers.VERIFIED_BY, genuine.scheme() + " " + genuine.keyId()));
        headers.add(new RecordHeader(Headers.TRACEPARENT, trace.header()));
        for (var kept : account.keptHeaders()) {
            delivery.headers(kept).forEach(value -> headers.add(header(Headers.HTTP_PREFIX + kept, value)));
        }
        return headers;
    }

    private static String type(Item item) {
        var type = item.type();
        if (type.isEmpty()) {
            return "unknown"; // CloudEvents requires a type
        }
        return type.length() <= TYPE_LENGTH_MAX ? type : type.substring(0, TYPE_LENGTH_MAX);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
