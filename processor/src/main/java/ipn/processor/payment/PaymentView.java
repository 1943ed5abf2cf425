package ipn.processor.payment;

import ipn.avro.DisputeStatus;
import ipn.fact.Fact;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the facts of a payment add up to, one question at a time. */
public final class PaymentView {
    private static final List<DisputeStatus> WORST_LAST = List.of(
            DisputeStatus.NONE, DisputeStatus.WON, DisputeStatus.INQUIRY, DisputeStatus.OPEN, DisputeStatus.LOST);

    private final Payment payment;

    public PaymentView(Payment payment) {
        this.payment = payment;
    }

    /**
     * The worst of the disputes: lost, open, an inquiry, won; a dispute closed without effect, or settled by a refund, counts as
     * none.
     */
    public DisputeStatus dispute() {
        return DisputeEffect.of(payment).stream()
                .map(effect -> status(effect.status()))
                .max(Comparator.comparing(WORST_LAST::indexOf))
                .orElse(DisputeStatus.NONE);
    }

    private static DisputeStatus status(Fact.DisputeStatus status) {
        return switch (status) {
            case INQUIRY -> DisputeStatus.INQUIRY;
            case OPEN -> DisputeStatus.OPEN;
            case WON -> DisputeStatus.WON;
            case LOST -> DisputeStatus.LOST;
            case CLOSED -> DisputeStatus.NONE;
        };
    }

    public boolean fraudFlagged() {
        return known(Fact.FraudFlag.class).anyMatch(known -> ((Fact.FraudFlag) known.fact()).raised());
    }

    /** When money was first taken. */
    public Optional<Instant> capturedAt() {
        return known(Fact.Captured.class)
                .filter(known -> ((Fact.Captured) known.fact()).amount().minorUnits() > 0)
                .map(VersionedFact::firstAt)
                .min(Comparator.naturalOrder());
    }

    /** When money was last refunded. */
    public Optional<Instant> refundedAt() {
        Predicate<Fact> refund = fact -> fact instanceof Fact.Refund || fact instanceof Fact.RefundTotal;
        return latest(payment.facts().values().stream().filter(known -> refund.test(known.fact())))
                .map(known -> known.version().occurredAt());
    }

    /** When a dispute or a fraud flag last changed. */
    public Optional<Instant> disputedAt() {
        return latest(Stream.concat(known(Fact.Dispute.class), known(Fact.FraudFlag.class)))
                .map(known -> known.version().occurredAt());
    }

    public Optional<VersionedFact> attempt() {
        return latest(known(Fact.Attempt.class));
    }

    /** The invoice reported last; a key may have several, see {@link Invoices}. */
    public Optional<VersionedFact> latestInvoice() {
        return latest(known(Fact.Invoice.class));
    }

    public Optional<VersionedFact> subscription() {
        return latest(known(Fact.Subscription.class));
    }

    /** Facts of one kind, in the order of their ids. */
    public <F extends Fact> List<F> all(Class<F> type) {
        return known(type).map(known -> type.cast(known.fact())).toList();
    }

    private Stream<VersionedFact> known(Class<? extends Fact> type) {
        return payment.facts().values().stream().filter(known -> type.isInstance(known.fact()));
    }

    private static Optional<VersionedFact> latest(Stream<VersionedFact> known) {
        return known.max(Comparator.comparing(VersionedFact::version));
    }
}
