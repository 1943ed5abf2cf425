package ipn.projector.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.projector.RandomRecords;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentAllocatorTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Cause CAUSE = new Cause("apple/main/evt_1", "ipn.raw", 0, 0L, false);
    private static final String KEY = "apple/main/t_1";

    private final PaymentAllocator allocator = new PaymentAllocator(
            new PriceMatcher(CatalogueHistory.always(new ProductCatalogue(Map.of(), true, "v1"))),
            Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void a_message_to_what_a_payment_pays_leaves_its_invoices_out() {
        var own = payment().setLinks(List.of(new Link(LinkKind.PAYS, "apple/main/t_2")));
        var result = allocator.onState(nothing().build(), own.build(), CAUSE);
        assertThat(result.allocations())
                .singleElement()
                .satisfies(message ->
                        assertThat(message.getPayment().getInvoices()).isEmpty());
        assertThat(result.after().getOwn().getInvoices()).hasSize(1);
    }

    @Test
    void a_copy_has_every_field() {
        assertThat(RandomRecords.<PaymentAllocation>of(PaymentAllocation.getClassSchema(), 30))
                .hasSize(30)
                .allSatisfy(allocation ->
                        assertThat(PaymentAllocator.copy(allocation).build()).isEqualTo(allocation));
    }

    @Test
    void a_discrepancy_stays_open_until_its_cause_is_gone() {
        var first = allocator.onState(nothing().build(), payment().build(), CAUSE);
        assertThat(first.discrepancies())
                .extracting(Discrepancy::getDiscrepancyId, Discrepancy::getState)
                .containsExactly(tuple("NO_SUBJECT/" + KEY, DiscrepancyState.OPEN));

        var again = allocator.onState(first.after(), payment().build(), CAUSE);
        assertThat(again.discrepancies()).isEmpty();
        assertThat(again.after().getDiscrepancies()).isEqualTo(first.discrepancies());

        var named = payment().setReferences(Map.of("subject", "u_42"));
        assertThat(allocator.onState(again.after(), named.build(), CAUSE).discrepancies())
                .extracting(Discrepancy::getKind, Discrepancy::getState)
                .containsExactly(
                        tuple(DiscrepancyKind.NO_SUBJECT, DiscrepancyState.CLOSED),
                        tuple(DiscrepancyKind.NO_PRODUCT, DiscrepancyState.OPEN));
    }

    private static PaymentAllocation.Builder nothing() {
        return PaymentAllocation.newBuilder()
                .setPaidBy(Map.of())
                .setPays(List.of())
                .setClaims(List.of())
                .setDiscrepancies(List.of())
                .setPosted(List.of())
                .setEntries(0);
    }

    private static PaymentState.Builder payment() {
        var invoice = Invoice.newBuilder()
                .setId("t_1")
                .setDisputeStatus(DisputeStatus.NONE)
                .setStatus(InvoiceStatus.PAID)
                .setPaid(800)
                .setCurrency("USD")
                .setAt(NOON)
                .build();
        return PaymentState.newBuilder()
                .setPaymentKey(KEY)
                .setGateway("apple")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setInvoices(List.of(invoice))
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of());
    }
}
