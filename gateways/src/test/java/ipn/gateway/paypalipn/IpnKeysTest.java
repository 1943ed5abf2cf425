package ipn.gateway.paypalipn;

import static ipn.gateway.paypalipn.Ipns.fixture;
import static ipn.gateway.paypalipn.Ipns.says;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Version;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpnKeysTest {
    private static final List<String> LIFE = List.of(
            "web_accept.completed", "refund.partial", "new_case.dispute", "reversed.chargeback", "canceled_reversal");

    @Test
    void the_whole_life_of_a_sale_meets_on_the_sale() {
        assertThat(LIFE)
                .allSatisfy(name ->
                        assertThat(item(fixture(name)).paymentKey()).isEqualTo("paypal-ipn/main/7TE57IPN000000001"));
    }

    /** All 120 orders in which the five messages of one sale can arrive. */
    static List<List<String>> orders() {
        var orders = new ArrayList<List<String>>();
        permute(new ArrayList<>(LIFE), 0, orders);
        return orders;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void every_order_of_arrival_ends_with_one_dispute_won(List<String> order) {
        var newest = new HashMap<String, Map.Entry<Version, Fact>>();
        for (var name : order) {
            var told = Ipns.notification(fixture(name));
            var version = new Version(
                    told.occurredAt(), told.sequence(), item(fixture(name)).eventKey());
            told.facts()
                    .forEach(fact -> newest.merge(
                            fact.getClass().getSimpleName() + fact.id(),
                            Map.entry(version, fact),
                            (a, b) -> a.getKey().compareTo(b.getKey()) >= 0 ? a : b));
        }
        var facts = newest.values().stream().map(Map.Entry::getValue).toList();
        assertThat(facts)
                .filteredOn(Fact.Dispute.class::isInstance)
                .singleElement()
                .satisfies(
                        dispute -> assertThat(((Fact.Dispute) dispute).status()).isEqualTo(DisputeStatus.WON));
        assertThat(facts).filteredOn(Fact.DisputeFunds.class::isInstance).hasSize(2);
        assertThat(facts).filteredOn(Fact.Refund.class::isInstance).hasSize(1);
        assertThat(facts).filteredOn(Fact.Captured.class::isInstance).hasSize(1);
    }

    @Test
    void each_step_of_one_transaction_is_an_event_of_its_own() {
        var events = new HashSet<String>();
        for (var status : List.of("Pending", "Completed", "Refunded")) {
            events.add(item(says("txn_id", "T1", "payment_status", status)).eventKey());
        }
        events.add(item(says("txn_id", "T1", "payment_status", "Pending", "pending_reason", "echeck"))
                .eventKey());
        assertThat(events).hasSize(4);
    }

    @Test
    void a_colon_within_an_id_makes_no_other_event() {
        assertThat(item(says("txn_id", "T1:Completed", "txn_type", "a")).eventKey())
                .isNotEqualTo(item(says("txn_id", "T1", "payment_status", "Completed", "txn_type", ":a"))
                        .eventKey());
    }

    @Test
    void a_redelivery_is_the_same_event_in_whatever_order_and_encoding_its_fields_stand() {
        var first = "txn_type=recurring_payment_skipped&recurring_payment_id=I-1&first_name=Zo%EB&test_ipn=1";
        var again = "resend=true&test_ipn=1&first_name=Zo%C3%AB&recurring_payment_id=I-1&ipn_track_id=2"
                + "&txn_type=recurring_payment_skipped&charset=UTF-8";
        assertThat(item(body(again))).isEqualTo(item(body(first)));
    }

    @Test
    void a_profile_skipped_again_is_another_event() {
        assertThat(item(skipped("03:00:00 Oct 01, 2026 PDT")).eventKey())
                .isNotEqualTo(item(skipped("03:00:00 Nov 01, 2026 PDT")).eventKey());
        assertThat(item(skipped("03:00:00 Oct 01, 2026 PDT")).paymentKey()).isEqualTo("paypal-ipn/main/I-1");
    }

    @Test
    void a_capture_is_a_sale_of_its_own_so_that_its_refund_meets_it() {
        var authorized =
                says("txn_id", "A1", "auth_id", "A1", "payment_status", "Pending", "pending_reason", "authorization");
        var captured = says("txn_id", "C1", "auth_id", "A1", "parent_txn_id", "A1", "payment_status", "Completed");
        var refunded = says("txn_id", "R1", "parent_txn_id", "C1", "payment_status", "Refunded", "mc_gross", "-1.00");
        var voided = says("txn_id", "V1", "parent_txn_id", "A1", "auth_id", "A1", "payment_status", "Voided");
        assertThat(item(authorized).paymentKey()).isEqualTo("paypal-ipn/main/A1");
        assertThat(item(voided).paymentKey()).isEqualTo("paypal-ipn/main/A1");
        assertThat(item(captured).paymentKey()).isEqualTo("paypal-ipn/main/C1");
        assertThat(item(refunded).paymentKey()).isEqualTo("paypal-ipn/main/C1");
    }

    @Test
    void a_subscription_payment_is_its_own_and_its_failure_is_the_subscriptions() {
        assertThat(item(fixture("subscr_payment")).paymentKey()).isEqualTo("paypal-ipn/main/7TE57IPN000000006");
        assertThat(item(says("txn_type", "subscr_failed", "subscr_id", "S-1")).paymentKey())
                .isEqualTo("paypal-ipn/main/S-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "%zz", "a=1&a=2", "a=1", "txn_id=", "txn_type=subscr_eot", "charset=klingon&txn_id=1"})
    void what_names_nothing_is_known_by_its_hash(String body) {
        var item = item(body(body));
        assertThat(item.paymentKey())
                .startsWith("paypal-ipn/main/unidentified:")
                .isEqualTo(item.eventKey());
        assertThat(item(body(body))).isEqualTo(item);
    }

    @Test
    void an_id_that_no_key_may_hold_is_hashed() {
        for (var id : List.of("a/b", "a b", "x".repeat(60_000), "\u0000", "é")) {
            assertThat(item(says("txn_id", id, "payment_status", "Completed")).paymentKey())
                    .matches("paypal-ipn/main/sha256:[0-9a-f]{64}");
        }
    }

    private static Delivery skipped(String next) {
        return says("txn_type", "recurring_payment_skipped", "recurring_payment_id", "I-1", "next_payment_date", next);
    }

    private static Delivery body(String body) {
        return Ipns.delivery(Bytes.utf8(body));
    }

    private static Item item(Delivery delivery) {
        var account = Ipns.testAccount();
        assertThat(account.identify(delivery)).hasSize(1);
        return Ipns.item(account, delivery);
    }

    private static void permute(List<String> items, int from, List<List<String>> into) {
        if (from == items.size()) {
            into.add(List.copyOf(items));
        }
        for (var i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permute(items, from + 1, into);
            Collections.swap(items, from, i);
        }
    }
}
