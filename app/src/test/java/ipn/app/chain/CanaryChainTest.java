package ipn.app.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.app.canary.CanaryAccount;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.processor.Reverifier;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a canary's notifications do, and do not do. */
class CanaryChainTest {
    private static final Map<String, String> SECRETS = Map.of(
            "CANARY", "whsec_Y2FuYXJ5LCB0ZXN0IG9ubHk6IHByb3RlY3RzIG5vdGhpbmc=", "MAIN", "whsec_0123456789abcdef");

    @TempDir
    private Path folder;

    private Settings settings(String mode, String other) {
        return Settings.parse("""
                gateways:
                  standard-webhooks:
                    canary: {mode: %s, secrets: "env:CANARY"}
                  stripe:
                    main: {mode: %s, account: any, secrets: "env:MAIN"}
                products:
                  canary: {entitlement: canary, kind: subscription, interval: P1D, prices: {USD: 1}}
                """.formatted(mode, other), SECRETS, folder);
    }

    private Chain chain(String mode, String other) {
        return new Chain(folder, Chain.config(settings(mode, other)), Reverifier.OFF);
    }

    private static void beat(Chain chain, CanaryAccount account, int slot) {
        var sent = account.notification(slot, chain.now());
        chain.receive(account.simulator().sender(), sent.outgoing());
        var state =
                (account.shadow() ? chain.shadow() : chain.entitlements()).get(CanaryAccount.subject(slot) + "/canary");
        assertThat(state)
                .as(
                        "entitlement after %s, outcomes %s, discrepancies %s",
                        sent.eventKey(), chain.outcomes(), chain.discrepancies())
                .isNotNull();
        assertThat(state.getLast()).extracting(EntitlementEvent::getStatus).isEqualTo(EntitlementStatus.ACTIVE);
        assertThat(state.getLast().getCause().getEventKey()).isEqualTo(sent.eventKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "shadow"})
    void each_one_changes_its_entitlement_and_nothing_accumulates(String mode) {
        var account = CanaryAccount.from(settings(mode, mode));
        try (var chain = chain(mode, mode)) {
            for (var i = 0; i < 600; i++) {
                beat(chain, account, i % 2);
                chain.advance(Duration.ofSeconds(5));
            }
            if (mode.equals("shadow")) {
                assertThat(chain.postings()).isEmpty();
                assertThat(chain.notifications()).isEmpty();
            }
            assertThat(chain.discrepancies()).isEmpty();
            assertThat(chain.shadowDiscrepancies()).isEmpty();
            assertThat(chain.deadLetters()).isEmpty();
            assertThat(chain.payments()).hasSize(2).allSatisfy((key, payment) -> {
                assertThat(payment.getFacts()).hasSizeLessThan(10);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "live"})
    void beside_live_accounts_only_mode_shadow_is_accepted(String mode) {
        assertThatThrownBy(() -> CanaryAccount.from(settings(mode, "live")))
                .hasMessageContaining("mode: %s (expected: shadow;".formatted(mode));
    }

    @Test
    void without_its_account_it_says_what_is_missing() {
        var none = Settings.parse("gateways: {}", Map.of(), folder);
        assertThatThrownBy(() -> CanaryAccount.from(none)).hasMessageContaining("gateways.standard-webhooks.canary");
    }

    @Test
    void subjects_take_turns() {
        assertThat(CanaryAccount.subject(0)).isNotEqualTo(CanaryAccount.subject(1));
        var account = CanaryAccount.from(settings("test", "test"));
        assertThat(account.notification(1, Chain.NOW).eventKey())
                .startsWith("standard-webhooks/canary/canary-1-")
                .isNotEqualTo(account.notification(1, Chain.NOW).eventKey());
    }
}
