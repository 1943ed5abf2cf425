package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.Outcome;
import ipn.gateway.Accounts;
import ipn.topics.Reason;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Counts outcomes by gateway, kind and reason, and results of the second verification. Names come from closed lists, so the number
 * of series has a bound.
 */
record DecisionMeter(MeterRegistry meters, Supplier<Accounts> accounts) {

    /** @param leftOut facts that are not kept */
    void count(Outcome outcome, int leftOut) {
        var gateway = gateway(outcome);
        if (leftOut > 0) {
            meters.counter("ipn.processor.facts.left.out", "gateway", gateway).increment(leftOut);
        }
        meters.counter(
                        "ipn.processor.reverifications",
                        "gateway",
                        gateway,
                        "status",
                        outcome.getReverification().name())
                .increment();
        meters.counter(
                        "ipn.processor.outcomes",
                        "gateway",
                        gateway,
                        "kind",
                        outcome.getKind().name(),
                        "reason",
                        Objects.requireNonNullElse(outcome.getReason(), ""))
                .increment();
    }

    /** A record that is refused before its account is looked up may name any gateway. */
    private String gateway(Outcome outcome) {
        return Reason.WRONG_ACCOUNT.name().equals(outcome.getReason())
                        || !accounts.get().hasGateway(outcome.getGateway())
                ? "unknown"
                : outcome.getGateway();
    }
}
