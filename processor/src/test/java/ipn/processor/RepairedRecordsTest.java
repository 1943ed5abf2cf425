package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.ReverificationStatus;
import ipn.gateway.Accounts;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import ipn.gateway.stripe.StripeSignature;
import ipn.processor.payment.Decision;
import ipn.processor.payment.Payment;
import ipn.seal.SealCheck;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A body that a person repaired is processed only if our tools sealed it and the gateway signed its original. */
class RepairedRecordsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final String SECRET = "whsec_0123456789abcdef";
    private static final String SEAL = "seal: {ingress: 'env:INGRESS', tools: 'env:TOOLS'}";
    private static final String BROKEN = body("zzz");
    private static final String REPAIRED = body("usd");

    @Test
    void what_our_tools_sealed_and_the_gateway_signed_is_processed() {
        var decided = decide(SEAL, sealed(repaired(BROKEN, BROKEN), SealRole.TOOLS));
        assertThat(decided.decision()).isInstanceOf(Decision.Applied.class);
        assertThat(decided.reverification()).isEqualTo(ReverificationStatus.VERIFIED);
    }

    @Test
    void without_seals_in_the_settings_nobody_can_repair_a_body() {
        assertThat(reason(decide("", repaired(BROKEN, BROKEN)))).contains(Reason.INVALID_SIGNATURE);
        assertThat(reason(decide("processor: {reverify: none}", repaired(BROKEN, BROKEN))))
                .contains(Reason.INVALID_SIGNATURE);
    }

    @Test
    void another_writer_than_our_tools_cannot_repair_a_body() {
        assertThat(reason(decide(SEAL, repaired(BROKEN, BROKEN)))).contains(Reason.NOT_SEALED);
        assertThat(reason(decide(SEAL, sealed(repaired(BROKEN, BROKEN), SealRole.INGRESS))))
                .contains(Reason.NOT_SEALED);
    }

    @Test
    void an_original_that_the_gateway_did_not_sign_is_refused() {
        assertThat(reason(decide(SEAL, sealed(repaired(BROKEN + " ", BROKEN), SealRole.TOOLS))))
                .contains(Reason.INVALID_SIGNATURE);
    }

    @Test
    void without_its_original_or_with_two_it_is_refused() {
        var none = repaired(BROKEN, BROKEN);
        none.headers().remove(Headers.REPAIRED_ORIGINAL);
        assertThat(reason(decide(SEAL, sealed(none, SealRole.TOOLS)))).contains(Reason.INVALID_SIGNATURE);
        var two = repaired(BROKEN, BROKEN);
        two.headers().add(Headers.REPAIRED_ORIGINAL, REPAIRED.getBytes(UTF_8));
        assertThat(reason(decide(SEAL, sealed(two, SealRole.TOOLS)))).contains(Reason.INVALID_SIGNATURE);
    }

    @Test
    void a_line_of_a_report_cannot_be_repaired() {
        var line = repaired(BROKEN, BROKEN);
        line.headers().add(Headers.VERIFIED_BY, "report/ada".getBytes(UTF_8));
        assertThat(reason(decide(SEAL, sealed(line, SealRole.TOOLS)))).contains(Reason.INVALID_SIGNATURE);
    }

    @Test
    void a_changed_body_that_does_not_say_so_is_refused_as_before() {
        var silent = repaired(BROKEN, BROKEN);
        silent.headers().remove(Headers.REPAIRED_ORIGINAL).remove(Headers.REPAIRED_BY);
        assertThat(reason(decide(SEAL, sealed(silent, SealRole.INGRESS)))).contains(Reason.INVALID_SIGNATURE);
    }

    private static Optional<Reason> reason(Decided decided) {
        return decided.decision() instanceof Decision.Unprocessable unprocessable
                ? Optional.of(unprocessable.reason())
                : Optional.empty();
    }

    private static Decided decide(String sections, ProducerRecord<byte[], byte[]> record) {
        var settings = settings(sections);
        var accounts = Accounts.from(settings);
        var handler = new RawRecordHandler(() -> accounts, SealCheck.from(settings), Reverifier.from(settings));
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        record.headers().forEach(header -> headers.add(new SimpleImmutableEntry<>(header.key(), header.value())));
        var raw = new RawRecord(
                "ipn.raw",
                0,
                1,
                NOON,
                Bytes.wrap(record.key()),
                Bytes.wrap(record.value()),
                new StoredDelivery(headers));
        return handler.decide(raw, Payment.NOTHING);
    }

    /** @param signed the body that the gateway signed */
    private static ProducerRecord<byte[], byte[]> repaired(String original, String signed) {
        var record = new ProducerRecord<>("ipn.raw", "stripe/main/pi_1".getBytes(UTF_8), REPAIRED.getBytes(UTF_8));
        record.headers()
                .add(Headers.CE_ID, "stripe/main/evt_1".getBytes(UTF_8))
                .add(Headers.CE_SOURCE, "/ipn/stripe/main".getBytes(UTF_8))
                .add(Headers.RECEIVED_AT, NOON.toString().getBytes(UTF_8))
                .add(
                        "http.stripe-signature",
                        StripeSignature.sign(signed.getBytes(UTF_8), SECRET, NOON)
                                .getBytes(UTF_8))
                .add(Headers.REPAIRED_BY, "ada".getBytes(UTF_8))
                .add(Headers.REPAIRED_ORIGINAL, original.getBytes(UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> sealed(ProducerRecord<byte[], byte[]> record, SealRole role) {
        Sealer.from(settings(SEAL), role).orElseThrow().seal(record);
        return record;
    }

    private static String body(String currency) {
        return "{'id':'evt_1','object':'event','type':'payment_intent.succeeded','created':%d,'livemode':false,'data':{'object':{'id':'pi_1','object':'payment_intent','amount':2500,'amount_received':2500,'currency':'%s'}}}"
                .formatted(NOON.getEpochSecond(), currency)
                .replace('\'', '"');
    }

    private static Settings settings(String sections) {
        var environment = Map.of(
                "STRIPE", SECRET,
                "INGRESS", "a-secret-of-the-tests-that-is-long-enough-1",
                "TOOLS", "a-secret-of-the-tests-that-is-long-enough-2");
        return Settings.parse(
                "gateways: {stripe: {main: {mode: test, secrets: 'env:STRIPE'}}}\n" + sections,
                environment,
                Path.of(""));
    }
}
