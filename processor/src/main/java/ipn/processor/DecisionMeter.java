package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.Outcome;
import ipn.topics.Reason;
import java.util.Objects;

/** Counts outcomes by gateway, kind and reason. Names come from closed lists, so the number of series has a bound. */
record DecisionMeter(MeterRegistry meters) {
    void count(Outcome outcome) {
        meters.counter(
                        "ipn.processor.outcomes",
                        "gateway",
                        isOfUnknownAccount(outcome) ? "unknown" : outcome.getGateway(),
                        "kind",
                        outcome.getKind().name(),
                        "reason",
                        Objects.requireNonNullElse(outcome.getReason(), ""))
                .increment();
    }

    private static boolean isOfUnknownAccount(Outcome outcome) {
        return Reason.WRONG_ACCOUNT.name().equals(outcome.getReason());
    }
}
