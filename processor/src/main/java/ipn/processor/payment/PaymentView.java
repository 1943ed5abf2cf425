package ipn.processor.payment;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads single answers off a payment's facts. */
public final class PaymentView {
    /** The worst standing dispute counts. */
    private static final List<DisputeStatus> WORST_FIRST =
            List.of(DisputeStatus.LOST, DisputeStatus.OPEN, DisputeStatus.INQUIRY, DisputeStatus.WON);

    private final Payment payment;

    public PaymentView(Payment payment) {
        this.payment = payment;
    }

    /** NONE, or the worst of the disputes. */
    public String dispute() {
        var statuses = known(Fact.Dispute.class)
                .map(known -> ((Fact.Dispute) known.fact()).status())
                .toList();
        return WORST_FIRST.stream()
                .filter(statuses::contains)
                .findFirst()
                .map(Enum::name)
                .orElse("NONE");
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

    /** When money was last given back. */
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

    /** The bill spoken of last; a key may have several, see {@link Invoices}. */
    public Optional<VersionedFact> bill() {
        return latest(known(Fact.Bill.class));
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
