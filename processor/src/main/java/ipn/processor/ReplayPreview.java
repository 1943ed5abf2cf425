package ipn.processor;

import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.processor.payment.Decision;
import ipn.processor.payment.Payment;
import ipn.topics.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a raw record would become by the rules and settings of the caller. Writes nothing. */
public final class ReplayPreview {
    private final StateChange change;

    /** @param handler decides as the processor does */
    public ReplayPreview(RawRecordHandler handler) {
        this.change = new StateChange(handler);
    }

    /**
     * What would become of it.
     *
     * @param reason why it would fail
     * @param detail for people; never a value out of the notification
     * @param after the state of the payment then; empty where it stays as it is
     */
    public record Expected(
            OutcomeKind kind, Optional<Reason> reason, Optional<String> detail, Optional<PaymentState> after) {}

    /**
     * Decides. Total: a bug is a decision too.
     *
     * @param before state of its payment; null where nothing is known
     */
    public Expected expect(RawRecord raw, @Nullable PaymentState before) {
        try {
            var payment = PaymentStates.payment(before);
            var decision = change.decide(raw, before, payment).decision();
            var after = change.after(raw, decision);
            return after != null && isTooLarge(after, payment, decision)
                    ? expected(StateFormat.refused(decision), null)
                    : expected(decision, after);
        } catch (RuntimeException | StackOverflowError bug) {
            return expected(RawRecordHandler.bug(raw, bug), null);
        }
    }

    private static Expected expected(Decision decision, @Nullable PaymentState after) {
        var refused = Optional.of(decision)
                .filter(Decision.Unprocessable.class::isInstance)
                .map(Decision.Unprocessable.class::cast);
        return new Expected(
                Outcomes.kind(decision),
                refused.map(Decision.Unprocessable::reason),
                refused.map(Decision.Unprocessable::detail),
                Optional.ofNullable(after));
    }

    private static boolean isTooLarge(PaymentState after, Payment before, Decision decision) {
        try {
            return StateFormat.isTooLarge(after.toByteBuffer().array(), before, decision);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
