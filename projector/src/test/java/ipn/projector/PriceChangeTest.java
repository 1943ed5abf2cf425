package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.paying;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Breakdown;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.Invoice;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.CatalogueHistory.Entry;
import ipn.projector.catalogue.KeepsAbove;
import ipn.projector.catalogue.Offers;
import ipn.projector.catalogue.PriceList;
import ipn.projector.catalogue.Prices;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The price of a product is raised from 8.00 to 9.00, and the projector is restarted with the new catalogue on its old state. */
class PriceChangeTest extends WithProjection {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant RAISED = Instant.parse("2026-09-10T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Prices WITHOUT_DATE = Prices.always(Map.of("USD", 900L));
    private static final Prices WITH_DATE = new Prices(
            List.of(new PriceList(RAISED, Map.of("USD", 900L)), new PriceList(Instant.MIN, Map.of("USD", 800L))));

    @Nested
    class A_late_event_of_an_old_payment {
        @Test
        void changes_nothing_if_the_price_was_replaced_without_a_date() {
            projection.applied(payment("pi_1", NOON));
            raise(WITHOUT_DATE);
            projection.applied(withFee(payment("pi_1", NOON)));
            assertUnchanged();
        }

        @Test
        void changes_nothing_if_the_new_price_has_a_date() {
            projection.applied(payment("pi_1", NOON));
            raise(WITH_DATE);
            projection.applied(withFee(payment("pi_1", NOON)));
            assertUnchanged();
        }

        @Test
        void nor_does_one_of_its_invoice() {
            projection.applied(withLine("in_1", InvoiceReason.FIRST, NOON, NOON));
            raise(WITH_DATE);
            projection.applied(withLine("in_1", InvoiceReason.FIRST, NOON, projection.now()));
            assertUnchanged();
        }

        @Test
        void nor_one_of_the_payment_of_its_invoice() {
            projection
                    .applied(paying(captured("pi_1", NOON, 800, 0), "in_1"))
                    .applied(withLine("in_1", InvoiceReason.FIRST, NOON, NOON));
            raise(WITH_DATE);
            projection.applied(withFee(paying(captured("pi_1", NOON, 800, 0), "in_1")));
            assertUnchanged();
        }
    }

    @Nested
    class A_new_payment_at_the_old_price {
        @Test
        void is_underpaid_after_the_overlap() {
            raise(WITH_DATE);
            projection.applied(payment("pi_2", RAISED.plus(HOUR)));
            assertUnderpaid();
        }

        @Test
        void is_accepted_within_the_overlap() {
            raise(WITH_DATE);
            projection.applied(payment("pi_2", RAISED.plus(HOUR).minusMillis(1)));
            assertGranted();
        }

        @Test
        void is_underpaid_if_it_begins_a_subscription_and_its_line_names_the_price() {
            raise(WITH_DATE);
            projection.applied(withLine("in_2", InvoiceReason.FIRST, RAISED.plus(HOUR), RAISED.plus(HOUR)));
            assertUnderpaid();
        }
    }

    @Nested
    class A_subscription_that_began_before_keeps_its_price {
        @Test
        void where_the_gateway_reports_a_renewal() {
            projection.applied(withLine("in_1", InvoiceReason.FIRST, NOON, NOON));
            raise(WITH_DATE);
            projection.applied(withLine("in_2", InvoiceReason.RENEWAL, OCTOBER, OCTOBER));
            assertExtended();
        }

        @Test
        void where_the_gateway_reports_only_the_subscription() {
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            raise(WITH_DATE);
            projection.applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, OCTOBER.plus(Duration.ofDays(31))));
            assertExtended();
        }

        private void assertExtended() {
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.EXTENDED);
            assertThat(projection.discrepancies()).isEmpty();
        }
    }

    @Nested
    class The_new_price {
        @Test
        void is_accepted_of_a_payment_from_its_date() {
            raise(WITH_DATE);
            projection.applied(payment("pi_2", RAISED).setTotals(List.of(totals(900, 0))));
            assertGranted();
        }

        @Test
        void is_overpaid_before_its_date() {
            raise(WITH_DATE);
            projection.applied(payment("pi_2", RAISED.minusMillis(1)).setTotals(List.of(totals(900, 0))));
            assertKinds(tuple(DiscrepancyKind.OVERPAID, DiscrepancyState.OPEN));
        }
    }

    private void raise(Prices prices) {
        projection.pass(Duration.ofDays(15));
        projection.events();
        projection.discrepancies();
        projection = projection.restarted(
                folder,
                new CatalogueHistory(List.of(
                        new Entry(NOON, Products.CATALOGUE),
                        new Entry(NOON.plus(Duration.ofDays(1)), catalogue(prices)))));
    }

    private void assertUnchanged() {
        assertThat(projection.events()).isEmpty();
        assertThat(projection.discrepancies()).isEmpty();
    }

    private void assertGranted() {
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType)
                .containsExactly(EntitlementEventType.GRANTED);
        assertThat(projection.discrepancies()).isEmpty();
    }

    private void assertUnderpaid() {
        assertThat(projection.events()).isEmpty();
        assertKinds(tuple(DiscrepancyKind.UNDERPAID, DiscrepancyState.OPEN));
    }

    private void assertKinds(Tuple... kinds) {
        assertThat(projection.discrepancies())
                .extracting(Discrepancy::getKind, Discrepancy::getState)
                .containsExactly(kinds);
    }

    private static ProductCatalogue catalogue(Prices prices) {
        var premium = new Product(
                "premium",
                "premium",
                Product.Kind.SUBSCRIPTION,
                Period.ofMonths(1),
                Duration.ofDays(7),
                Cancellation.AT_PERIOD_END,
                false,
                prices,
                Tolerance.NONE,
                Offers.USUAL,
                KeepsAbove.DEFAULT);
        return new ProductCatalogue(Map.of("premium", premium, "premium_monthly", premium), true, "v2");
    }

    private static PaymentState.Builder payment(String id, Instant at) {
        return captured(id, at, 800, 0).setReferences(Map.of("subject", "u_42", "product", "premium"));
    }

    /** The gateway reports the fee long after the money was captured. */
    private static PaymentState.Builder withFee(PaymentState.Builder payment) {
        return payment.setTotals(List.of(totals(800, 30)));
    }

    private static Totals totals(long captured, long fees) {
        return new Totals("USD", 0L, captured, 0L, 0L, 0L, fees);
    }

    /** @param reported when the gateway reported it last */
    private static PaymentState.Builder withLine(String id, InvoiceReason reason, Instant from, Instant reported) {
        var line = InvoiceLine.newBuilder()
                .setSkus(List.of("premium_monthly"))
                .setQuantity(1)
                .setAmount(800)
                .build();
        var state = invoice(id, InvoiceStatus.PAID, 800, from, from.plus(Duration.ofDays(30)));
        var calculated = Stream.of(state.getInvoices().get(0))
                .map(invoice -> Invoice.newBuilder(invoice)
                        .setAt(reported)
                        .setDue(800)
                        .setBreakdown(new Breakdown(reason, 0L, 0L, 0L, List.of(line)))
                        .build())
                .toList();
        return state.setInvoices(calculated);
    }
}
