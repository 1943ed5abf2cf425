package ipn.projector.allocation;

import static ipn.projector.Payments.key;
import static ipn.projector.Payments.payment;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.key.OrderId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocationTargetsTest {
    private static final Map<String, String> NAMES_ORDER = Map.of("order", "o_1");

    @Test
    void money_counts_for_the_payment_itself_where_it_names_nothing_else() {
        assertItself(payment("pi_1"));
        assertItself(payment("pi_1").setReferences(Map.of("order", " ")));
    }

    @Test
    void money_counts_for_the_order_that_it_names() {
        assertOrder(allocation(payment("pi_1").setReferences(NAMES_ORDER)));
    }

    @Test
    void money_counts_for_the_order_that_a_payer_names() {
        var payer = payment("pi_2").setReferences(NAMES_ORDER).build();
        assertOrder(allocation(payment("in_1")).setPaidBy(Map.of(payer.getPaymentKey(), payer)));
    }

    @Test
    void money_counts_for_what_it_pays_before_any_order() {
        var paying = payment("pi_1")
                .setReferences(NAMES_ORDER)
                .setLinks(List.of(new Link(LinkKind.PAYS, key("in_2")), new Link(LinkKind.PAYS, key("in_1"))));
        assertPayments(allocation(paying), key("in_1"), key("in_2"));
    }

    @Test
    void money_counts_for_what_reported_that_it_is_paid_by_it() {
        assertPayments(allocation(payment("pi_1")).setPays(List.of(key("in_1"))), key("in_1"));
        var paying = payment("pi_1").setLinks(List.of(new Link(LinkKind.PAYS, key("in_1"))));
        assertPayments(allocation(paying).setPays(List.of(key("in_1"))), key("in_1"));
    }

    @Test
    void what_pays_it_is_no_target() {
        assertItself(payment("in_1").setLinks(List.of(new Link(LinkKind.PAID_BY, key("pi_1")))));
    }

    @Test
    void of_an_unknown_payment_only_what_it_pays_is_known() {
        var unknown = allocation(payment("pi_1")).setOwn(null);
        assertPayments(unknown.setPays(List.of(key("in_1"))), key("in_1"));
    }

    private static void assertItself(PaymentState.Builder own) {
        assertThat(AllocationTargets.derive(allocation(own).build()).isItself()).isTrue();
    }

    private static void assertOrder(PaymentAllocation.Builder allocation) {
        var targets = AllocationTargets.derive(allocation.build());
        assertThat(targets.order()).contains(new OrderId("o_1"));
        assertThat(targets.payments()).isEmpty();
        assertThat(targets.isItself()).isFalse();
    }

    private static void assertPayments(PaymentAllocation.Builder allocation, String... payments) {
        var targets = AllocationTargets.derive(allocation.build());
        assertThat(targets.payments()).containsExactly(payments);
        assertThat(targets.order()).isEmpty();
        assertThat(targets.isItself()).isFalse();
    }

    private static PaymentAllocation.Builder allocation(PaymentState.Builder own) {
        return PaymentAllocation.newBuilder()
                .setOwn(own.build())
                .setPaidBy(Map.of())
                .setPays(List.of())
                .setClaims(List.of())
                .setDiscrepancies(List.of())
                .setPosted(List.of())
                .setEntries(0);
    }
}
