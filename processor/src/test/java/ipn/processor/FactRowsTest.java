package ipn.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.FactRow;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.Notification;
import ipn.processor.payment.FactGroup;
import ipn.processor.payment.Payment;
import ipn.topics.EncodedSize;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts as rows. */
class FactRowsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Money MUCH = new Money(Long.MAX_VALUE, "USD");

    @Test
    void the_size_by_which_a_fact_is_bounded_is_not_below_that_of_its_row() {
        var size = new EncodedSize(FactRow.getClassSchema());
        List<Fact> facts = List.of(
                new Fact.Captured("ch_1", MUCH, Optional.of(MUCH)),
                new Fact.Dispute("dp_\u00e9", Optional.of(MUCH), Fact.DisputeStatus.INQUIRY, "fraudulent"),
                new Fact.Invoice(
                                "in_1",
                                Fact.InvoiceStatus.UNCOLLECTIBLE,
                                Optional.of("stripe/main/sub_1"),
                                MUCH,
                                MUCH,
                                Optional.of(NOON),
                                Optional.of(NOON))
                        .with(new Fact.Breakdown(
                                Fact.InvoiceReason.values()[0],
                                Long.MAX_VALUE,
                                Long.MAX_VALUE,
                                Long.MAX_VALUE,
                                Collections.nCopies(
                                        Fact.Breakdown.LINES_MAX,
                                        Fact.Line.of(List.of("a", "b"), Long.MAX_VALUE, Long.MAX_VALUE)
                                                .withDiscount(Long.MAX_VALUE, Optional.of("c"))
                                                .withTax(Long.MAX_VALUE)
                                                .withPeriod(Optional.of(NOON), Optional.of(NOON))))),
                new Fact.Subscription(
                                "sub_1",
                                Fact.SubscriptionStatus.TRIALING,
                                Optional.of(NOON),
                                Optional.of(NOON),
                                true,
                                Optional.of(NOON))
                        .withGraceUntil(Optional.of(NOON))
                        .withItems(Collections.nCopies(Fact.Subscription.ITEMS_MAX, List.of("a", "\u00e9"))),
                new Fact.RefundLines(
                        "re_1",
                        Collections.nCopies(
                                Fact.RefundLines.LINES_MAX, new Fact.RefundLine("pri_\u00e9", Long.MAX_VALUE))),
                new Fact.Link(Fact.LinkKind.PAID_BY, "stripe/main/in_1"),
                new Fact.Attempt("at_1", AttemptStatus.CANCELED, "card_declined"),
                new Fact.FraudFlag("fl_1", true, "card_never_received"),
                new Fact.Reference(Fact.ReferenceName.REFERENCE, "post_7"),
                new Fact.Sku("price_1"));
        var notification = new Notification("some.type", NOON, Long.MAX_VALUE, Optional.empty(), facts);
        var payment = Payment.from("stripe/main/evt_1", notification);

        assertThat(payment.facts().entrySet())
                .hasSameSizeAs(facts)
                .allSatisfy(entry -> assertThat(size.of(FactRows.row(entry.getKey(), entry.getValue())))
                        .isLessThanOrEqualTo((int) FactGroup.bytes(entry)));
    }
}
