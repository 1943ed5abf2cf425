package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.gateway.Accounts;
import ipn.gateway.StoredDelivery;
import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayPreviewTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private final ReplayPreview preview = new ReplayPreview(new RawRecordHandler(Accounts.from(Settings.parse(
            "gateways: {stripe: {main: {mode: test, secrets: 'test:whsec_0123456789abcdef'}}}",
            Map.of(),
            Path.of("")))));

    @Test
    void tells_the_outcome_and_the_state_that_the_processor_would_store() {
        var expected = preview.expect(raw(2500, "stripe/main"), null);

        assertThat(expected.kind()).isEqualTo(OutcomeKind.APPLIED);
        assertThat(expected.reason()).isEmpty();
        assertThat(expected.after()).map(PaymentState::getStatus).contains(PaymentStatus.COMPLETED);
        assertThat(expected.after().orElseThrow().getTotals().get(0).getCaptured())
                .isEqualTo(2500);
    }

    @Test
    void continues_from_the_state_that_is_stored() {
        var after = preview.expect(raw(2500, "stripe/main"), null).after().orElseThrow();
        assertThat(preview.expect(raw(2500, "stripe/main"), after).kind()).isEqualTo(OutcomeKind.DUPLICATE);
        assertThat(preview.expect(raw(9900, "stripe/main"), after).reason()).contains(Reason.EVENT_ID_COLLISION);
    }

    @Test
    void tells_why_it_would_fail_again() {
        var expected = preview.expect(raw(2500, "stripe/other"), null);
        assertThat(expected.kind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(expected.reason()).contains(Reason.WRONG_ACCOUNT);
        assertThat(expected.detail().orElseThrow()).contains("expected: ");
        assertThat(expected.after()).isEmpty();
    }

    private static RawRecord raw(long amount, String account) {
        var body =
                "{'id':'evt_1','object':'event','type':'payment_intent.succeeded','created':%d,'livemode':false,'data':{'object':{'id':'pi_1','object':'payment_intent','amount':%d,'amount_received':%d,'currency':'usd'}}}"
                        .formatted(NOON.getEpochSecond(), amount, amount)
                        .replace('\'', '"');
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        Map.of(
                        Headers.CE_ID, "stripe/main/evt_1",
                        Headers.CE_SOURCE, "/ipn/" + account,
                        Headers.ITEM, "0",
                        Headers.CONTENT_TYPE, "application/json",
                        Headers.RECEIVED_AT, NOON.toString())
                .forEach((name, value) -> headers.add(Map.entry(name, value.getBytes(UTF_8))));
        return new RawRecord(
                "ipn.dlq", 0, 1, NOON, Bytes.utf8("stripe/main/pi_1"), Bytes.utf8(body), new StoredDelivery(headers));
    }
}
