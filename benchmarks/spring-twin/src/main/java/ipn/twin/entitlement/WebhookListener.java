package ipn.twin.entitlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.twin.TwinTopics;
import ipn.twin.gateway.Gateways;
import ipn.twin.gateway.RawHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads stored webhooks and applies them. Offsets are committed after the transaction: a crash repeats events, which are then known. */
@Component
class WebhookListener {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookListener.class);

    private final Gateways gateways;
    private final EntitlementService service;
    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;

    WebhookListener(
            Gateways gateways, EntitlementService service, KafkaTemplate<String, byte[]> kafka, JsonMapper json) {
        this.gateways = gateways;
        this.service = service;
        this.kafka = kafka;
        this.json = json;
    }

    @KafkaListener(topics = TwinTopics.RAW)
    void receive(List<ConsumerRecord<String, byte[]>> records) {
        var events = new ArrayList<PaymentEvent>();
        var deadLetters = new ArrayList<CompletableFuture<?>>();
        for (var record : records) {
            try {
                events.add(read(record));
            } catch (JacksonException | IllegalArgumentException e) {
                LOG.warn("Dead-lettered a webhook: {}-{}@{}", record.topic(), record.partition(), record.offset());
                deadLetters.add(kafka.send(new ProducerRecord<>(
                        TwinTopics.DEAD_LETTERS, null, record.key(), record.value(), record.headers())));
            }
        }
        service.apply(events);
        deadLetters.forEach(CompletableFuture::join);
    }

    private PaymentEvent read(ConsumerRecord<String, byte[]> record) {
        var gateway = gateways.find(header(record, RawHeaders.GATEWAY))
                .orElseThrow(() -> new IllegalArgumentException("gateway: unknown"));
        var facts = gateway.facts(json.readTree(record.value()));
        return new PaymentEvent(header(record, RawHeaders.EVENT_KEY), record.key(), facts);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
