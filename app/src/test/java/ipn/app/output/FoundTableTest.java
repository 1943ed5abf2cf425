package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.decision.Money;
import ipn.operations.find.Found;
import ipn.operations.find.Hit;
import ipn.operations.find.Hit.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoundTableTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private static Hit hit(Kind kind, String id, String about, Optional<String> user, String... open) {
        return new Hit(
                kind, id, about, user, List.of(new Money(800, "USD")), "COMPLETED", AT, "order o_1", List.of(open));
    }

    private static String row(Hit hit) {
        return FoundTable.of(new Found(List.of(hit), false)).lines().get(1);
    }

    @Test
    void each_row_ends_with_the_next_command() {
        var user = Optional.of("u 42");
        var nobody = Optional.<String>empty();
        assertThat(row(hit(Kind.PAYMENT, "stripe/main/pi_1", "", user)))
                .contains("8.00 USD")
                .endsWith("ipn explain 'u 42'");
        assertThat(row(hit(Kind.PAYMENT, "stripe/main/pi_1", "", nobody)))
                .endsWith("ipn payment show stripe/main/pi_1");
        assertThat(row(hit(Kind.PAYMENT, "stripe/main/pi_1", "", user, "NO_SCOPE/stripe/main/pi_1")))
                .contains("COMPLETED, open: NO_SCOPE")
                .endsWith("ipn discrepancy show NO_SCOPE/stripe/main/pi_1");
        assertThat(row(hit(Kind.ORDER, "o_1", "", user))).endsWith("ipn order show o_1");
        assertThat(row(hit(Kind.NOTIFICATION, "stripe/main/pi_1", "", nobody)))
                .endsWith("ipn payment show stripe/main/pi_1");
        assertThat(row(hit(Kind.DEAD_LETTER, "ipn.raw-4-4771", "stripe/main/pi_1", nobody)))
                .startsWith("dead letter")
                .endsWith("ipn dlq show ipn.raw-4-4771");
        assertThat(row(hit(Kind.DECISION, "d-1", "o_1", nobody))).endsWith("ipn decision list --about o_1");
    }
}
