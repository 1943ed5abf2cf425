package ipn.gateway;

import static ipn.topics.Reason.WRONG_MODE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.GatewayUnderTest.SenselessBody;
import ipn.gateway.GatewayUnderTest.Signing;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every gateway has to pass. A gateway joins by a {@link GatewayUnderTest} of its own. */
class GatewayContractTest {
    private static final Instant SIGNED_AT = GatewayUnderTest.SIGNED_AT;

    static List<GatewayUnderTest> gateways() {
        return ServiceLoader.load(GatewayUnderTest.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    static Stream<Arguments> samples() {
        return gateways().stream()
                .flatMap(gateway -> gateway.samples().stream()
                        .map(sample -> Arguments.of(Named.of(gateway.name(), gateway), sample)));
    }

    static Stream<Arguments> senseless() {
        return gateways().stream()
                .flatMap(gateway -> gateway.senselessBodies().stream()
                        .map(body -> Arguments.of(Named.of(gateway.name(), gateway), body)));
    }

    static List<Named<Signing>> signing() {
        return gateways().stream()
                .filter(Signing.class::isInstance)
                .map(gateway -> Named.of(gateway.name(), (Signing) gateway))
                .toList();
    }

    static List<Named<GatewayUnderTest>> named() {
        return gateways().stream()
                .map(gateway -> Named.of(gateway.name(), gateway))
                .toList();
    }

    @Test
    void no_gateway_escapes_the_contract() {
        var registered = ServiceLoader.load(Gateway.class).stream()
                .map(provider -> provider.get().name());
        assertThat(gateways().stream().map(GatewayUnderTest::name))
                .containsExactlyInAnyOrderElementsOf(registered.toList());
    }

    // Authentic

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

    // Not authentic

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void every_byte_of_the_body_counts(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var size = sample.delivery().body().size();
        for (var i = 0; i < size; i++) {
            var at = i;
            var flipped = Tampering.body(sample.delivery(), body -> {
                body[at] ^= (byte) (1 << (at % 8));
                return body;
            });
            assertThat(judge(account, flipped, SIGNED_AT)).as("byte %s", i).isInstanceOf(Rejected.class);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void a_body_that_only_looks_the_same_is_another_one(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var delivery = sample.delivery();
        assertThat(Stream.of(
                        Tampering.body(delivery, body -> (new String(body, UTF_8) + "\n").getBytes(UTF_8)),
                        Tampering.body(delivery, body -> (" " + new String(body, UTF_8)).getBytes(UTF_8)),
                        Tampering.body(delivery, body -> Arrays.copyOf(body, body.length - 1)),
                        Tampering.body(delivery, body -> new byte[0])))
                .allSatisfy(each -> assertThat(judge(account, each, SIGNED_AT)).isInstanceOf(Rejected.class));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void somebody_elses_notification_is_not_ours(GatewayUnderTest gateway, Sample sample) {
        assertThat(judge(gateway.strangersAccount(), sample.delivery(), SIGNED_AT))
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @MethodSource("named")
    void a_proof_must_be_there_and_stand_once(GatewayUnderTest gateway) {
        var account = gateway.account();
        var delivery = gateway.samples().get(0).delivery();
        for (var header : gateway.proofHeaders()) {
            var value = delivery.header(header).orElseThrow();
            assertThat(Stream.of(List.<String>of(), List.of(""), List.of("  "), List.of(value, value)))
                    .allSatisfy(
                            values -> assertThat(judge(account, Tampering.header(delivery, header, values), SIGNED_AT))
                                    .as("%s: %s values", header, values.size())
                                    .isInstanceOf(Rejected.class));
            assertThat(judge(account, Tampering.header(delivery, header, List.of("forged", value)), SIGNED_AT))
                    .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
        }
    }

    @ParameterizedTest
    @MethodSource("signing")
    void every_character_of_the_signature_counts(Signing gateway) {
        var account = gateway.account();
        var delivery = gateway.samples().get(0).delivery();
        var value = delivery.header(gateway.signatureHeader()).orElseThrow();
        for (var i = 0; i < value.length(); i++) {
            var prefix = value.substring(0, i);
            var others = List.of(
                    prefix,
                    prefix + (char) (value.charAt(i) ^ 1) + value.substring(i + 1),
                    prefix + (char) (value.charAt(i) ^ 32) + value.substring(i + 1));
            assertThat(others)
                    .allSatisfy(other -> assertThat(judge(
                                    account,
                                    Tampering.header(delivery, gateway.signatureHeader(), List.of(other)),
                                    SIGNED_AT))
                            .as("at %s", prefix.length())
                            .isInstanceOf(Rejected.class));
        }
    }

    @ParameterizedTest
    @MethodSource("signing")
    void a_signature_of_a_megabyte_is_answered_at_once(Signing gateway) {
        var account = gateway.account();
        var delivery = gateway.samples().get(0).delivery();
        for (var filler : List.of("0", ",", " ", "v1,", "v1=00,", "v1,AAAA ", "t=1,")) {
            var long_ = filler.repeat(1_000_000 / filler.length());
            var began = System.nanoTime();
            assertThat(judge(account, Tampering.header(delivery, gateway.signatureHeader(), List.of(long_)), SIGNED_AT))
                    .isInstanceOf(Rejected.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        }
    }

    // Time

    @ParameterizedTest
    @MethodSource("signing")
    void the_signed_time_may_be_300_seconds_off_and_not_one_more(Signing gateway) {
        var account = gateway.account();
        var delivery = gateway.authentic(gateway.samples().get(0).delivery().body(), SIGNED_AT);
        for (var seconds : List.of(0, 1, 299, 300, -1, -299, -300)) {
            assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isInstanceOf(Genuine.class);
        }
        for (var seconds : List.of(301, -301, 86_400, -86_400)) {
            assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
        }
        assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(300).plusMillis(1)))
                .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("signing")
    void a_retry_signed_anew_days_later_is_genuine_and_the_same_event(Signing gateway) {
        var account = gateway.account();
        var first = gateway.samples().get(0).delivery();
        var later = SIGNED_AT.plus(Duration.ofDays(3));
        var retry = gateway.authentic(first.body(), later);
        assertThat(judge(account, retry, later)).isInstanceOf(Genuine.class);
        assertThat(account.identify(retry)).isEqualTo(account.identify(first));
    }

    // Rotation

    @ParameterizedTest
    @MethodSource("signing")
    void an_old_secret_counts_until_its_end(Signing gateway) {
        var until = SIGNED_AT.plusSeconds(60);
        var account = gateway.accountWhereOldSecretEnds(until);
        var signedWithOld =
                gateway.authentic(gateway.samples().get(0).delivery().body(), SIGNED_AT);
        assertThat(judge(account, signedWithOld, until.minusMillis(1))).isInstanceOf(Genuine.class);
        assertThat(judge(account, signedWithOld, until)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    // Senseless

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("senseless")
    void what_is_authentic_and_makes_no_sense_is_stored_and_refused(GatewayUnderTest gateway, SenselessBody senseless) {
        var account = gateway.account();
        var delivery = gateway.authentic(senseless.body(), SIGNED_AT);
        assertThat(judge(account, delivery, SIGNED_AT)).isInstanceOf(Genuine.class);
        var items = account.identify(delivery);
        assertThat(items).isNotEmpty();
        assertThat(account.translate(delivery, items.get(0)))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(senseless.reason()));
        var times = Stream.generate(() -> Measured.cpuTime(() -> account.translate(delivery, items.get(0))));
        assertThat(times.limit(10))
                .as("once warm")
                .anySatisfy(time -> assertThat(time).isLessThan(Duration.ofMillis(50)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void a_damaged_body_never_throws_and_always_has_keys(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var random = new SplittableRandom(sample.name().hashCode());
        for (var i = 0; i < 300; i++) {
            var damaged = Tampering.body(sample.delivery(), body -> Tampering.damaged(body, random));
            var items = account.identify(damaged);
            assertThat(items).isNotEmpty().allSatisfy(item -> {
                assertThat(item.paymentKey()).startsWith(account.id().key("")).hasSizeLessThan(300);
                assertThat(item.eventKey()).startsWith(account.id().key("")).hasSizeLessThan(300);
            });
            assertThat(account.translate(damaged, items.get(0))).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void money_of_the_other_mode_is_refused_where_the_gateway_tells_the_mode(GatewayUnderTest gateway, Sample sample) {
        gateway.liveAccount().filter(live -> sample.expected().isPresent()).ifPresent(live -> {
            var item = live.identify(sample.delivery()).get(0);
            assertThat(live.translate(sample.delivery(), item))
                    .isInstanceOfSatisfying(
                            Translation.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(WRONG_MODE));
        });
    }

    // Places

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

    private static Verdict judge(GatewayAccount account, Delivery delivery, Instant now) {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }
}
