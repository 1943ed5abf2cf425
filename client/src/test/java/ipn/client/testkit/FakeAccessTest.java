package ipn.client.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.client.AccessAnswer;
import ipn.client.AccessChange;
import ipn.client.AccessQuestion;
import ipn.client.AccessRules;
import ipn.client.AccessStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FakeAccessTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-22T00:00:00Z");

    private final FakeAccess access = new FakeAccess().setTime(NOW);

    @Test
    void it_answers_what_the_test_decided_by_the_rules_of_the_cache() {
        access.grant("u_42", "premium", LATER).grant("u_42", "promotion").suspend("u_7", "premium");

        assertThat(access.of("u_42", "premium").isAllowed()).isTrue();
        assertThat(access.of("u_42", "promotion").until()).isEmpty();
        assertThat(access.of("u_7", "premium").status()).isEqualTo(AccessStatus.SUSPENDED);
        assertThat(access.of("u_8", "premium").status()).isEqualTo(AccessStatus.NONE);
        assertThat(access.all("u_42", 9)).hasSize(2);
        assertThat(access.entitlements()).containsExactly("premium", "promotion");
        assertThat(access.setTime(LATER.plus(Duration.ofHours(1)))
                        .of("u_42", "premium")
                        .status())
                .isEqualTo(AccessStatus.ENDED);
    }

    @Test
    void grace_ends_when_it_ends() {
        access.grace("u_42", "premium", NOW, LATER);

        assertThat(access.of("u_42", "premium").graceUntil()).contains(LATER);
        assertThat(access.setTime(LATER).of("u_42", "premium"))
                .extracting(AccessAnswer::status, AccessAnswer::reason)
                .containsExactly(AccessStatus.ENDED, "PAYMENT_FAILED");
    }

    @Test
    void data_grows_old_when_the_test_says_so() {
        access.grant("u_42", "premium").setAge(Duration.ofMinutes(3));

        assertThat(access.of("u_42", "premium")).matches(AccessAnswer::stale).matches(AccessAnswer::isAllowed);
        assertThat(access.of(AccessQuestion.of("u_42", "premium").withMaxAge(Duration.ofMinutes(2)))
                        .reason())
                .isEqualTo(AccessRules.TOO_OLD);
        assertThat(access.setNotLoaded().of("u_42", "premium").reason()).isEqualTo(AccessRules.NOT_LOADED);
    }

    @Test
    void listeners_are_called_with_the_next_revision() {
        var changes = new ArrayList<AccessChange>();
        access.grant("u_42", "premium");
        try (var listening = access.listen(changes::add)) {
            access.revoke("u_42", "premium");
        }
        access.grant("u_42", "premium");

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.before())
                    .hasValueSatisfying(before -> assertThat(before.revision()).isEqualTo(1));
            assertThat(change.after())
                    .hasValueSatisfying(after -> assertThat(after.revision()).isEqualTo(2));
        });
    }
}
