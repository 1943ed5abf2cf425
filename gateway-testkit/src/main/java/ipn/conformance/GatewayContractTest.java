package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.gateway.Verdict.Genuine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Authentic deliveries are accepted and translated, with the same result on every machine. */
class GatewayContractTest extends GatewayContract {
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sent")
    void a_sample_is_genuine(GatewayUnderTest gateway, Sample sample) {
        assertThat(judge(gateway.account(), sample.delivery(), gateway.signedAt(sample)))
                .isInstanceOf(Genuine.class);
    }

    @ParameterizedTest(name = "{0}: {1}", allowZeroInvocations = true)
    @MethodSource("vectors")
    @Proves(Proof.VECTORS)
    void a_vector_is_genuine_and_has_keys(GatewayUnderTest gateway, Sample vector) {
        assertThat(judge(gateway.account(), vector.delivery(), SIGNED_AT)).isInstanceOf(Genuine.class);
        assertThat(gateway.account().identify(vector.delivery())).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("meaningful")
    @Proves(Proof.SAMPLES)
    void a_sample_is_translated_to_the_expected_facts(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var items = account.identify(sample.delivery());
        assertThat(items).hasSameSizeAs(sample.expected());
        for (var i = 0; i < items.size(); i++) {
            var expected = sample.expected().get(i);
            assertThat(items.get(i))
                    .isEqualTo(new Item(
                            i,
                            account.id().key(expected.paymentId()),
                            account.id().key(expected.eventId()),
                            expected.type()));
            assertTranslated(account.translate(sample.delivery(), items.get(i)), expected);
        }
    }

    private static void assertTranslated(Translation translation, Sample.Expected expected) {
        if (expected.facts().isEmpty()) {
            assertThat(translation).isEqualTo(new Translation.Ignored(expected.type()));
            return;
        }
        assertThat(translation).isInstanceOf(Translation.Understood.class);
        var notification = ((Translation.Understood) translation).notification();
        assertThat(notification.type()).isEqualTo(expected.type());
        assertThat(notification.occurredAt()).isEqualTo(expected.occurredAt());
        assertThat(notification.amount()).isEqualTo(expected.amount());
        assertThat(notification.facts()).containsExactlyInAnyOrderElementsOf(expected.facts());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void a_delivery_with_only_its_kept_headers_is_identified_and_translated_alike(
            GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var kept = new HashMap<>(sample.delivery().headers());
        kept.keySet().retainAll(account.keptHeaders());
        var again = new Delivery(
                kept,
                sample.delivery().body(),
                sample.delivery().receivedAt(),
                sample.delivery().fetchedFrom());
        assertThat(account.identify(again)).isEqualTo(account.identify(sample.delivery()));
        assertThat(account.identify(again))
                .allSatisfy(item -> assertThat(account.translate(again, item))
                        .isEqualTo(account.translate(sample.delivery(), item)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sent")
    void the_result_is_independent_of_the_default_locale(GatewayUnderTest gateway, Sample sample) {
        var usual = Locale.getDefault();
        var signed = again(gateway, sample, SIGNED_AT);
        var item = gateway.account().identify(signed).get(0);
        var translation = gateway.account().translate(signed, item);
        try {
            for (var tag : List.of("ar-SA-u-nu-arab", "fa-IR-u-nu-arabext", "tr-TR", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(judge(gateway.account(), sample.delivery(), gateway.signedAt(sample)))
                        .isInstanceOf(Genuine.class);
                assertThat(again(gateway, sample, SIGNED_AT).headers()).isEqualTo(signed.headers());
                assertThat(gateway.account().translate(signed, item)).isEqualTo(translation);
            }
        } finally {
            Locale.setDefault(usual);
        }
    }
}
