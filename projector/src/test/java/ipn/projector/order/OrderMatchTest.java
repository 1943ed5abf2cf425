package ipn.projector.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.ClaimStatus;
import ipn.avro.DiscrepancyKind;
import ipn.avro.Order;
import ipn.key.ChargeKey;
import ipn.key.PaymentKey;
import ipn.projector.allocation.Charge;
import ipn.projector.allocation.Mismatch;
import ipn.projector.catalogue.Tolerance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An order of 25.00 USD; charges are numbered by the minute at which they begin. */
class OrderMatchTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");

    @Nested
    class One_charge {
        @Test
        void of_the_amount_pays_the_order() {
            assertPaid(match(charge(1, 2500)), Map.of());
        }

        @Test
        void of_another_amount_does_not_match() {
            assertNotPaid(match(charge(1, 2499)), Map.of(1, DiscrepancyKind.UNDERPAID));
            assertNotPaid(match(charge(1, 2501)), Map.of(1, DiscrepancyKind.OVERPAID));
        }

        @Test
        void within_the_tolerance_pays_the_order() {
            var match = OrderMatch.match(order(2500), List.of(charge(1, 2750)), new Tolerance(0, 10), late -> false);
            assertPaid(match, Map.of());
        }

        @Test
        void in_another_currency_does_not_count() {
            assertNotPaid(match(inEuros(charge(1, 2500))), Map.of(1, DiscrepancyKind.CURRENCY_MISMATCH));
        }

        @Test
        void that_was_reversed_matches_and_pays_nothing() {
            assertNotPaid(match(reversed(charge(1, 2500))), Map.of());
        }

        @Test
        void that_differs_names_the_amounts_for_people() {
            assertThat(match(charge(1, 100)).mismatches().values())
                    .extracting(Mismatch::expected, Mismatch::actual)
                    .containsExactly(tuple("25.00 USD", "1.00 USD"));
        }
    }

    @Nested
    class Of_several_charges {
        @Test
        void the_earliest_of_the_exact_amount_pays_and_the_others_are_duplicates() {
            assertPaid(
                    match(charge(1, 9900), charge(2, 2500), charge(3, 2500), charge(4, 100)),
                    Map.of(
                            1, DiscrepancyKind.DUPLICATE_PAYMENT,
                            3, DiscrepancyKind.DUPLICATE_PAYMENT,
                            4, DiscrepancyKind.DUPLICATE_PAYMENT));
        }

        @Test
        void the_earliest_that_is_too_much_counts_where_none_is_exact() {
            assertNotPaid(
                    match(charge(1, 2600), charge(2, 2700)),
                    Map.of(1, DiscrepancyKind.OVERPAID, 2, DiscrepancyKind.DUPLICATE_PAYMENT));
        }

        @Test
        void parts_add_up_to_the_amount() {
            assertPaid(match(charge(1, 1000), charge(2, 1500)), Map.of());
        }

        @Test
        void parts_that_add_up_to_another_amount_do_not_match() {
            assertNotPaid(
                    match(charge(1, 1000), charge(2, 1000)),
                    Map.of(1, DiscrepancyKind.UNDERPAID, 2, DiscrepancyKind.UNDERPAID));
            assertNotPaid(
                    match(charge(1, 2000), charge(2, 2000)),
                    Map.of(1, DiscrepancyKind.OVERPAID, 2, DiscrepancyKind.OVERPAID));
        }

        @Test
        void one_that_was_reversed_is_no_duplicate() {
            assertPaid(match(reversed(charge(1, 2500)), charge(2, 2500)), Map.of());
            assertPaid(match(charge(1, 2500), reversed(charge(2, 2500))), Map.of());
        }

        @Test
        void a_reversed_part_leaves_the_others_too_little() {
            assertNotPaid(match(charge(1, 1000), reversed(charge(2, 1500))), Map.of(1, DiscrepancyKind.UNDERPAID));
        }

        @Test
        void the_same_is_found_whatever_their_order() {
            var charges = new ArrayList<>(List.of(charge(1, 9900), charge(2, 2500), charge(3, 2500)));
            var match = OrderMatch.match(order(2500), charges, Tolerance.NONE, late -> false);
            Collections.reverse(charges);
            assertThat(OrderMatch.match(order(2500), charges, Tolerance.NONE, late -> false))
                    .isEqualTo(match);
            assertThat(match.isPaid()).isTrue();
        }
    }

    @Nested
    class A_subscription {
        @Test
        void pays_with_its_first_charge_and_later_ones_are_renewals() {
            var match = match(renewing("sub_1", charge(1, 2500)), renewing("sub_1", charge(2, 800)));
            assertPaid(match, Map.of());
            assertThat(match.renewals()).containsExactly(key(2));
        }

        @Test
        void that_starts_with_nothing_to_pay_has_only_renewals() {
            var charges = List.of(renewing("sub_1", charge(1, 800)), renewing("sub_1", charge(2, 800)));
            var match = OrderMatch.match(order(0), charges, Tolerance.NONE, late -> false);
            assertThat(match.renewals()).containsExactlyInAnyOrder(key(1), key(2));
            assertThat(match.mismatches()).isEmpty();
            assertThat(match.isPaid()).isFalse();
        }

        @Test
        void begun_twice_for_one_order_is_a_duplicate_with_its_renewals() {
            var match = match(
                    renewing("sub_1", charge(1, 2500)),
                    renewing("sub_2", charge(2, 2500)),
                    renewing("sub_1", charge(3, 800)),
                    renewing("sub_2", charge(4, 800)),
                    reversed(renewing("sub_2", charge(5, 800))));
            assertPaid(match, Map.of(2, DiscrepancyKind.DUPLICATE_PAYMENT, 4, DiscrepancyKind.DUPLICATE_PAYMENT));
            assertThat(match.renewals()).containsExactlyInAnyOrder(key(3), key(4), key(5));
        }
    }

    private static void assertPaid(OrderMatch match, Map<Integer, DiscrepancyKind> mismatches) {
        assertThat(kinds(match)).isEqualTo(byKey(mismatches));
        assertThat(match.isPaid()).as("paid").isTrue();
    }

    private static void assertNotPaid(OrderMatch match, Map<Integer, DiscrepancyKind> mismatches) {
        assertThat(kinds(match)).isEqualTo(byKey(mismatches));
        assertThat(match.isPaid()).as("paid").isFalse();
    }

    private static Map<ChargeKey, DiscrepancyKind> kinds(OrderMatch match) {
        var kinds = new TreeMap<ChargeKey, DiscrepancyKind>();
        match.mismatches().forEach((key, mismatch) -> kinds.put(key, mismatch.kind()));
        return kinds;
    }

    private static Map<ChargeKey, DiscrepancyKind> byKey(Map<Integer, DiscrepancyKind> byNumber) {
        var kinds = new TreeMap<ChargeKey, DiscrepancyKind>();
        byNumber.forEach((number, kind) -> kinds.put(key(number), kind));
        return kinds;
    }

    /** The order closed at minute 10; clocks may differ by five minutes. */
    @Nested
    class A_charge_after_the_order_had_closed {
        private final Order closed =
                Order.newBuilder(order(2500)).setPayBy(NOON.plusSeconds(600)).build();

        @Test
        void does_not_count() {
            assertThat(match(false, charge(15, 2500)).isPaid()).isTrue();
            var late = match(false, charge(16, 2500));
            assertThat(late.isPaid()).isFalse();
            assertThat(late.mismatches()).isEmpty();
            assertThat(late.late()).containsOnlyKeys(key(16));
            assertThat(late.late().get(key(16)))
                    .extracting(Mismatch::kind, Mismatch::expected, Mismatch::actual)
                    .containsExactly(DiscrepancyKind.LATE, "by 2026-09-01T12:10:00Z", "2026-09-01T12:16:00Z");
        }

        @Test
        void adds_nothing_to_a_part_that_was_paid_in_time() {
            var match = match(false, charge(1, 1000), charge(20, 1500));
            assertThat(match.mismatches()).containsOnlyKeys(key(1));
            assertThat(match.mismatches().get(key(1)).actual()).isEqualTo("10.00 USD");
        }

        @Test
        void pays_it_if_late_money_is_accepted() {
            var match = match(true, charge(1, 1000), charge(20, 1500));
            assertThat(match.isPaid()).isTrue();
            assertThat(match.mismatches()).isEmpty();
            assertThat(match.late()).containsOnlyKeys(key(20));
        }

        @Test
        void of_a_renewal_is_not_late() {
            var match = match(false, renewing("sub_1", charge(1, 2500)), renewing("sub_1", charge(60, 2500)));
            assertThat(match.isPaid()).isTrue();
            assertThat(match.late()).isEmpty();
        }

        private OrderMatch match(boolean acceptsLate, Charge... charges) {
            return OrderMatch.match(closed, List.of(charges), Tolerance.NONE, late -> acceptsLate);
        }
    }

    private static OrderMatch match(Charge... charges) {
        return OrderMatch.match(order(2500), List.of(charges), Tolerance.NONE, late -> false);
    }

    private static Order order(long amount) {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setAmount(amount)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true)
                .build();
    }

    private static Charge charge(int number, long paid) {
        var at = NOON.plusSeconds(60L * number);
        return new Charge(key(number), Optional.empty(), at, at, false, paid, "USD", ClaimStatus.PAID);
    }

    private static Charge renewing(String subscription, Charge charge) {
        return new Charge(
                charge.key(),
                Optional.of(PaymentKey.parse("stripe/main/" + subscription)),
                charge.at(),
                charge.takenAt(),
                charge.mayKeepPrice(),
                charge.paid(),
                charge.currency(),
                charge.status());
    }

    private static Charge inEuros(Charge charge) {
        return new Charge(
                charge.key(),
                charge.subscription(),
                charge.at(),
                charge.takenAt(),
                charge.mayKeepPrice(),
                charge.paid(),
                "EUR",
                charge.status());
    }

    private static Charge reversed(Charge charge) {
        return new Charge(
                charge.key(),
                charge.subscription(),
                charge.at(),
                charge.takenAt(),
                charge.mayKeepPrice(),
                charge.paid(),
                charge.currency(),
                ClaimStatus.REFUNDED);
    }

    private static ChargeKey key(int number) {
        return ChargeKey.whole(PaymentKey.parse("stripe/main/pi_" + number));
    }
}
