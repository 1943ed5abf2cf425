package ipn.projector.settlement;

import ipn.avro.Bill;
import ipn.avro.Claim;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.projector.ledger.Cash;
import ipn.projector.ledger.Days;
import ipn.projector.ledger.Recognition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the money of a payment key is for, as its assessment found: what claims something matched, whatever became of it since.
 * What matched nothing is left out, and so stays unmatched in the books.
 */
public record Recognised(PaymentState own, Worth worth, List<Billed> billed) {

    /** @param settledBy what pays for it */
    public static List<Recognition> recognised(
            PaymentState own, Collection<PaymentState> settledBy, Assessment assessment) {
        var worth = Worth.of(own, settledBy);
        var recognised = new Recognised(own, worth, Billed.of(own, worth));
        return assessment.claims().stream()
                .filter(claim -> List.of("ONCE", "PERIOD").contains(claim.getKind()))
                .filter(claim -> !claim.getStanding().equals("FAILED"))
                .flatMap(recognised::of)
                .toList();
    }

    private Stream<Recognition> of(Claim.Builder claim) {
        return billed.isEmpty()
                ? worth.captured().entrySet().stream()
                        .map(captured -> payment(claim.getProduct(), captured.getKey(), captured.getValue()))
                : billed.stream()
                        .filter(each -> claim.getClaimKey().equals(Assessed.claimKey(each.name(), claim.getOrder())))
                        .map(each -> each.alone()
                                ? payment(
                                        claim.getProduct(),
                                        each.bill().getCurrency(),
                                        each.bill().getPaid())
                                : bill(claim.getProduct(), each));
    }

    /** A key that is paid for once: all that was taken back of its payers is of it. */
    private Recognition payment(String product, String currency, long paid) {
        var totals = worth.payments().stream()
                .flatMap(payment -> payment.getTotals().stream())
                .filter(each -> each.getCurrency().equals(currency))
                .toList();
        return new Recognition(
                product,
                currency,
                paid,
                totals.stream().mapToLong(Totals::getRefunded).sum(),
                totals.stream().mapToLong(Cash::heldBack).sum(),
                Days.of(first(PaymentState::getCapturedAt), otherwise()),
                Days.of(last(PaymentState::getRefundedAt), first(PaymentState::getCapturedAt), otherwise()),
                Days.of(last(PaymentState::getDisputedAt), first(PaymentState::getCapturedAt), otherwise()));
    }

    /** One of several bills; what was taken back of it is known of each alone. */
    private static Recognition bill(String product, Billed billed) {
        var bill = billed.bill();
        return new Recognition(
                product,
                bill.getCurrency(),
                bill.getPaid(),
                bill.getRefunded(),
                Cash.disputed(bill),
                Days.of(bill.getAt()),
                Days.of(bill.getRefundedAt(), bill.getAt()),
                Days.of(bill.getDisputedAt(), bill.getAt()));
    }

    private @Nullable Instant otherwise() {
        return billed.stream().findFirst().map(Billed::bill).map(Bill::getAt).orElse(null);
    }

    private @Nullable Instant first(Function<PaymentState, @Nullable Instant> time) {
        return times(time).min(Instant::compareTo).orElse(null);
    }

    private @Nullable Instant last(Function<PaymentState, @Nullable Instant> time) {
        return times(time).max(Instant::compareTo).orElse(null);
    }

    private Stream<Instant> times(Function<PaymentState, @Nullable Instant> time) {
        return worth.payments().stream().map(time).filter(Objects::nonNull).map(Objects::requireNonNull);
    }
}
