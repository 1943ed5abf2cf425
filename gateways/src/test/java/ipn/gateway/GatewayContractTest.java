package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Verdict.Genuine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is authentic is believed, understood, and understood alike wherever it is read. */
class GatewayContractTest extends GatewayContract {
    @Test
    void no_gateway_escapes_the_contract() {
        var registered = ServiceLoader.load(Gateway.class).stream()
                .map(provider -> provider.get().name());
        assertThat(gateways().stream().map(GatewayUnderTest::name))
                .containsExactlyInAnyOrderElementsOf(registered.toList());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void a_sample_is_genuine_and_means_what_the_gateway_says(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        assertThat(judge(account, sample.delivery(), SIGNED_AT)).isInstanceOf(Genuine.class);
        sample.expected().ifPresent(expected -> {
            var items = account.identify(sample.delivery());
            assertThat(items)
                    .containsExactly(new Item(
                            0,
                            account.id().key(expected.paymentId()),
                            account.id().key(expected.eventId()),
                            expected.type()));
            var translation = account.translate(sample.delivery(), items.get(0));
            assertThat(translation).isInstanceOf(Translation.Understood.class);
            var notification = ((Translation.Understood) translation).notification();
            assertThat(notification.type()).isEqualTo(expected.type());
            assertThat(notification.occurredAt()).isEqualTo(expected.occurredAt());
            assertThat(notification.amount()).isEqualTo(expected.amount());
            assertThat(notification.facts()).containsExactlyInAnyOrderElementsOf(expected.facts());
        });
    }

    @ParameterizedTest
    @MethodSource("named")
    void what_was_found_genuine_says_by_which_key_and_never_the_key(GatewayUnderTest gateway) {
        var sample = gateway.samples().get(0);
        var verdict = (Genuine) judge(gateway.account(), sample.delivery(), SIGNED_AT);
        assertThat(verdict.scheme()).isNotBlank();
        assertThat(verdict.keyId()).doesNotContain("whsec_");
        assertThat(gateway.account().toString()).doesNotContain("whsec_");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void a_delivery_read_back_with_only_its_kept_headers_is_judged_and_read_alike(
            GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var kept = new HashMap<>(sample.delivery().headers());
        kept.keySet().retainAll(account.keptHeaders());
        var again =
                new Delivery(kept, sample.delivery().body(), sample.delivery().receivedAt());
        assertThat(account.identify(again)).isEqualTo(account.identify(sample.delivery()));
        var item = account.identify(again).get(0);
        assertThat(account.translate(again, item)).isEqualTo(account.translate(sample.delivery(), item));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void nothing_depends_on_where_it_runs(GatewayUnderTest gateway, Sample sample) {
        var usual = Locale.getDefault();
        var body = sample.delivery().body();
        var signed = gateway.authentic(body, SIGNED_AT);
        var item = gateway.account().identify(signed).get(0);
        var meaning = gateway.account().translate(signed, item);
        try {
            for (var tag : List.of("ar-SA-u-nu-arab", "fa-IR-u-nu-arabext", "tr-TR", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(judge(gateway.account(), sample.delivery(), SIGNED_AT))
                        .isInstanceOf(Genuine.class);
                assertThat(gateway.authentic(body, SIGNED_AT).headers()).isEqualTo(signed.headers());
                assertThat(gateway.account().translate(signed, item)).isEqualTo(meaning);
            }
        } finally {
            Locale.setDefault(usual);
        }
    }
}
