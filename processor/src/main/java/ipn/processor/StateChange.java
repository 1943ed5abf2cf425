package ipn.processor;

import ipn.avro.PaymentState;
import ipn.processor.payment.Decision;
import ipn.processor.payment.Payment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a raw record changes of the state of its payment. */
record StateChange(RawRecordHandler handler) {

    /** @param before what {@code state} stands for */
    Decided decide(RawRecord raw, @Nullable PaymentState state, Payment before) {
        var decided = handler.decide(raw, before);
        return isInNewMode(raw, state) ? decided.inNewMode(before) : decided;
    }

    /** Whether the account was in mode shadow when the state was stored and is not now, or the reverse. */
    private boolean isInNewMode(RawRecord raw, @Nullable PaymentState state) {
        return state != null
                && handler.account(raw)
                        .filter(account -> account.id().shadow() != state.getShadow())
                        .isPresent();
    }

    /** The state to store; null where it stays as it is. */
    @Nullable
    PaymentState after(RawRecord raw, Decision decision) {
        var payment = decision.payment();
        var account = handler.account(raw);
        return payment.isEmpty() || account.isEmpty()
                ? null
                : PaymentStates.state(
                        Objects.requireNonNull(raw.key()),
                        account.get().id(),
                        handler.accounts().get().payerWords(account.get().id()),
                        payment.get());
    }
}
