package ipn.processor;

import io.opentelemetry.api.common.Attributes;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.runtime.traces.RecordStep;
import ipn.runtime.traces.SpanAttributes;
import java.util.Objects;

/** What the span of a raw record says about its outcome. */
final class OutcomeSpan {
    /** No gateway has longer types; of a record that is not authentic it may be any text. */
    private static final int TYPE_LENGTH_MAX = 100;

    private OutcomeSpan() {}

    static void describe(RecordStep step, Outcome outcome) {
        if (step.isTraced()) {
            if (outcome.getKind() == OutcomeKind.UNPROCESSABLE) {
                step.fail(Objects.requireNonNullElse(outcome.getReason(), OutcomeKind.UNPROCESSABLE.name()));
            }
            step.describe(() -> attributes(outcome));
        }
    }

    private static Attributes attributes(Outcome outcome) {
        var type = outcome.getEventType();
        var attributes = Attributes.builder()
                .put(SpanAttributes.GATEWAY, outcome.getGateway())
                .put(SpanAttributes.ACCOUNT, outcome.getAccount())
                .put(SpanAttributes.EVENT_TYPE, type.substring(0, Math.min(type.length(), TYPE_LENGTH_MAX)))
                .put(SpanAttributes.OUTCOME, outcome.getKind().name());
        if (outcome.getReason() != null) {
            attributes.put(SpanAttributes.REASON, outcome.getReason());
        }
        return attributes.build();
    }
}
