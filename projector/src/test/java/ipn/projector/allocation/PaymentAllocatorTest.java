package ipn.projector.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Invoice;
import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.PaymentAllocation;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.serde.AvroRecords;
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

    static {
        AvroRecords.init();
    }

    private final PaymentAllocator settling =
            new PaymentAllocator(new PriceMatcher(new ProductCatalogue(Map.of(), true, "v1")), Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void a_payment_that_settles_another_keeps_its_bills_to_itself() {
        var own = payment().setLinks(List.of(new Link("SETTLES", "apple/main/t_2")));
        var step = settling.own(memory().build(), own.build(), CAUSE);
        assertThat(step.settlements())
                .singleElement()
                .satisfies(settlement ->
                        assertThat(settlement.getPayment().getInvoices()).isEmpty());
        assertThat(step.after().getOwn().getInvoices()).hasSize(1);
    }

    @Test
    void a_discrepancy_kept_from_when_a_key_could_have_only_one_stays_open_until_its_cause_goes_away() {
        var first = settling.own(memory().build(), payment().build(), CAUSE);
        assertThat(first.after().getDiscrepancy().getDiscrepancyId()).isEqualTo("NO_SUBJECT/" + KEY);
        var old = PaymentAllocation.newBuilder(first.after())
                .setDiscrepancies(List.of())
                .build();

        var again = settling.own(old, payment().build(), CAUSE);
        assertThat(again.discrepancies()).isEmpty();
        assertThat(again.after().getDiscrepancies()).containsExactly(old.getDiscrepancy());

        var other = settling.own(
                old, payment().setReferences(Map.of("subject", "u_42")).build(), CAUSE);
        assertThat(other.discrepancies())
                .extracting(Discrepancy::getKind, Discrepancy::getState)
                .containsExactly(tuple("NO_SUBJECT", "CLOSED"), tuple("NO_PRODUCT", "OPEN"));
    }

    private static PaymentAllocation.Builder memory() {
        return PaymentAllocation.newBuilder()
                .setPaidBy(Map.of())
                .setPays(List.of())
                .setClaims(List.of());
    }

    private static PaymentState.Builder payment() {
        var bill = Invoice.newBuilder()
                .setId("t_1")
                .setStatus("PAID")
                .setPaid(800)
                .setCurrency("USD")
                .setAt(NOON)
                .build();
        return PaymentState.newBuilder()
                .setPaymentKey(KEY)
                .setGateway("apple")
                .setAccount("main")
                .setLive(true)
                .setStatus("COMPLETED")
                .setDisputeStatus("NONE")
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setInvoice(bill)
                .setInvoices(List.of(bill))
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of());
    }
}
