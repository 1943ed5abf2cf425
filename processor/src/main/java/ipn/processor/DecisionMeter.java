package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.Outcome;
import java.util.Objects;

/** Counts outcomes by gateway, kind and reason. Names come from closed lists, so the number of series has a bound. */
record DecisionMeter(MeterRegistry meters) {
    void count(Outcome outcome) {
        meters.counter(
                        "ipn.processor.outcomes",
                        "gateway",
                        outcome.getReason() != null && outcome.getReason().equals("WRONG_ACCOUNT")
                                ? "unknown"
                                : outcome.getGateway(),
                        "kind",
                        outcome.getKind(),
                        "reason",
                        Objects.requireNonNullElse(outcome.getReason(), ""))
                .increment();
    }
}
