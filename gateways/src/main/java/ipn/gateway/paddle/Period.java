package ipn.gateway.paddle;

import ipn.gateway.content.JsonField;
import java.time.Instant;
import java.util.Optional;

/** The period that a transaction or a line pays for; either end may be missing. */
record Period(Optional<Instant> from, Optional<Instant> until) {
    static final Period NONE = new Period(Optional.empty(), Optional.empty());

    /** Reads {@code starts_at} and {@code ends_at}; empty if the field is absent. */
    static Optional<Period> in(PaddleEvent event, JsonField field) {
        return field.isPresent()
                ? Optional.of(new Period(event.planned(field.at("starts_at")), event.planned(field.at("ends_at"))))
                : Optional.empty();
    }

    /** Its end, for comparison. */
    Instant latest() {
        return until.orElse(Instant.MIN);
    }
}
