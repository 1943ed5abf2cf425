package ipn.gateway.mollie;

import static ipn.gateway.mollie.MollieSays.chargeback;
import static ipn.gateway.mollie.MollieSays.event;
import static ipn.gateway.mollie.MollieSays.facts;
import static ipn.gateway.mollie.MollieSays.fetched;
import static ipn.gateway.mollie.MollieSays.item;
import static ipn.gateway.mollie.MollieSays.payment;
import static ipn.gateway.mollie.MollieSays.refund;
import static ipn.gateway.mollie.MollieSays.sent;
import static ipn.gateway.mollie.MollieSays.translated;
import static ipn.gateway.mollie.MollieSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Next-gen events. */
class MollieEventsTest {
    @ParameterizedTest
    @ValueSource(strings = {"pending", "authorized", "paid", "failed", "canceled", "expired"})
    void an_event_tells_the_same_as_a_look(String status) {
        var told = understood(sent(event("payment." + status, payment(status))));
        assertThat(told.facts()).isEqualTo(facts(fetched(payment(status))));
        assertThat(told.occurredAt()).isEqualTo(Instant.parse("2026-09-03T12:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"refunded, SUCCEEDED", "failed, FAILED", "canceled, CANCELED"})
    void a_refund_counts_once_it_is_over(String status, RefundStatus expected) {
        assertThat(facts(sent(event("refund." + status, refund(status)))))
                .containsExactly(new Fact.Refund("re_1", new Money(1000, "EUR"), expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "pending", "processing"})
    void a_refund_under_way_can_still_be_canceled(String status) {
        assertThat(translated(sent(event("refund." + status, refund(status)))))
                .isEqualTo(new Translation.Ignored("refund." + status));
    }

    @Test
    void a_chargeback_is_lost_and_its_reversal_the_same_one_won() {
        var amount = new Money(2300, "EUR");
        assertThat(facts(sent(event("chargeback.received", chargeback("null")))))
                .containsExactly(
                        new Fact.Dispute("chb_1", Optional.of(amount), DisputeStatus.LOST, "AC01"),
                        new Fact.DisputeFunds("chb_1", amount, DisputeMovement.WITHDRAWN));
        assertThat(facts(sent(event("chargeback.reversed", chargeback("'2026-09-03T12:00:00+00:00'")))))
                .containsExactly(
                        new Fact.Dispute("chb_1", Optional.of(amount), DisputeStatus.WON, "AC01"),
                        new Fact.DisputeFunds("chb_1", amount, DisputeMovement.REINSTATED));
    }

    @Test
    void everything_is_about_the_payment() {
        assertThat(item(sent(event("refund.refunded", refund("refunded")))))
                .isEqualTo(new Item(0, "mollie/main/tr_1", "mollie/main/event_1", "refund.refunded"));
        var simple =
                "{'id': 'event_1', 'type': 'refund.refunded', 'entityId': 're_1', '_links': {'entity': {'href': '%s'}}}";
        assertThat(item(sent(simple.formatted("https://api.mollie.com/v2/payments/tr_1/refunds/re_1")))
                        .paymentKey())
                .isEqualTo("mollie/main/tr_1");
        for (var href : new String[] {
            "https://api.mollie.com.evil.example/v2/payments/tr_1",
            "https://evil.example/?https://api.mollie.com/v2/payments/tr_1",
            "http://api.mollie.com/v2/payments/tr_1",
            "https://api.mollie.com/v2/payments/../tr_1"
        }) {
            assertThat(item(sent(simple.formatted(href))).paymentKey()).isEqualTo("mollie/main/re_1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment-link.paid", "payout.initiated", "balance-transaction.created", "capture.failed"})
    void other_types_are_ignored_by_name(String type) {
        assertThat(translated(sent(event(type, "{'id': 'x_1'}")))).isEqualTo(new Translation.Ignored(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': 'event_1', 'type': 'payment.paid', 'entityId': 'tr_1'}",
                "{'id': 'event_1', 'type': 'payment.paid', 'entityId': 'tr_1', '_embedded': {}}",
                "{'id': 'event_1', 'type': 'capture.succeeded', 'entityId': 'cpt_1', '_embedded': {'entity': {'id': 'cpt_1', 'paymentId': 'tr_1'}}}"
            })
    void an_event_that_does_not_tell_all_leaves_it_to_the_look_or_is_kept_where_nobody_can(String event) {
        assertThat(translated(sent(event))).isInstanceOf(Translation.Ignored.class);
        var blind = MollieUnderTest.open("{mode: test, secrets: 'env:MOLLIE'}");
        assertThat(blind.translate(sent(event), blind.identify(sent(event)).get(0)))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MISSING_FIELD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'paymentId': 'tr_1'   | 'paymentId': 'tr 1'        | INVALID_ID",
                "'paymentId': 'tr_1'   | 'x': 1                     | MISSING_FIELD",
                "'mode': 'test'        | 'mode': 'live'             | WRONG_MODE",
                "'status': 'refunded'  | 'status': 'new'            | MALFORMED",
                "'value': '10.00'      | 'value': '1e1'             | INVALID_AMOUNT",
                "'createdAt': '2026-09-03 | 'createdAt': '2056-09-03 | TIME_OUT_OF_RANGE",
                "'createdAt': '2026-09-03 | 'x': '                  | MISSING_FIELD",
                "'id': 'event_1'       | 'id': ''                   | INVALID_ID",
                "'type': 'refund.refunded' | 'type': 'a b'          | MALFORMED"
            })
    void what_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var body = event("refund.refunded", refund("refunded"));
        assertThat(body).contains(sound.strip());
        assertThat(translated(sent(body.replace(sound.strip(), senseless.strip()))))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
