package ipn.twin.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.twin.TwinTopics;
import ipn.twin.gateway.Gateway;
import ipn.twin.gateway.RawHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Creates the record of a webhook: its bytes as received, keyed by payment, so that the events of a payment keep their sequence. */
@Component
class RawRecords {
    private final JsonMapper json;

    RawRecords(JsonMapper json) {
        this.json = json;
    }

    ProducerRecord<String, byte[]> of(Gateway gateway, String account, HttpHeaders headers, byte[] body) {
        var tree = read(body);
        var prefix = gateway.name() + "/" + account + "/";
        var eventKey = prefix + orHash(gateway.eventId(headers, tree), body);
        var record = new ProducerRecord<>(TwinTopics.RAW, prefix + orHash(gateway.paymentId(tree), body), body);
        record.headers().add(RawHeaders.GATEWAY, gateway.name().getBytes(UTF_8));
        record.headers().add(RawHeaders.EVENT_KEY, eventKey.getBytes(UTF_8));
        return record;
    }

    /** A body that is no JSON is stored all the same: the listener dead-letters it. */
    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String orHash(String id, byte[] body) {
        if (!id.isEmpty()) {
            return id;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
