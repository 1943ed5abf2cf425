package ipn.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final String NEW = "a-secret-of-the-tests-that-is-long-enough-1";
    private static final String OLD = "a-secret-of-the-tests-that-is-long-enough-2";
    private static final String TOOLS = "a-secret-of-the-tests-that-is-long-enough-3";
    private static final String SETTINGS =
            "seal: {ingress: ['env:NEW', {secret: 'env:OLD', until: 2026-10-01T00:00:00Z}], tools: 'env:TOOLS'}";

    private final SealCheck check = SealCheck.from(settings(SETTINGS));

    @Test
    void it_is_known_who_sealed_a_record() {
        assertThat(sealedBy(sealed(SealRole.INGRESS, SETTINGS), NOW)).contains(SealRole.INGRESS);
        assertThat(sealedBy(sealed(SealRole.TOOLS, SETTINGS), NOW)).contains(SealRole.TOOLS);
        assertThat(sealedBy(record(), NOW)).isEmpty();
    }

    @Test
    void the_seal_is_what_other_programs_compute() {
        // computed with Python: hmac over the parts, each after its length as four bytes
        var record = new ProducerRecord<>("ipn.raw", "k".getBytes(UTF_8), "{}".getBytes(UTF_8));
        record.headers().add("ce_id", "e".getBytes(UTF_8)).add("none", null);
        Sealer.from(settings(SETTINGS), SealRole.INGRESS).orElseThrow().seal(record);
        assertThat(new String(record.headers().lastHeader("ipn.seal").value(), UTF_8))
                .isEqualTo("y5jyaXn31FZC/oQ1QaZET4d+xqbXIzEwRcM8qs6XU4Q=");
    }

    @Test
    void a_secret_that_was_replaced_is_believed_until_its_end() {
        var old = sealed(SealRole.INGRESS, "seal: {ingress: 'env:OLD'}");
        assertThat(sealedBy(old, NOW)).contains(SealRole.INGRESS);
        assertThat(sealedBy(old, Instant.parse("2026-10-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void whatever_is_changed_breaks_it() {
        var changes = List.<UnaryOperator<ProducerRecord<byte[], byte[]>>>of(
                record -> with(record, "other".getBytes(UTF_8), record.value()),
                record -> with(record, null, record.value()),
                record -> with(record, record.key(), "{\"amount\": 1}".getBytes(UTF_8)),
                record -> with(record, record.key(), null),
                record -> changed(record, "ce_id", "evt_2"),
                record -> changed(record, "ipn.verified-by", "report/ada"),
                record -> changed(record, "new", ""),
                record -> {
                    record.headers().remove("ce_id");
                    return record;
                },
                record -> {
                    record.headers()
                            .add(
                                    "ipn.seal",
                                    record.headers().lastHeader("ipn.seal").value());
                    return record;
                },
                record -> changed(record, "ipn.seal", "not base64!"),
                record -> changed(record, "ipn.seal", ""));
        for (var change : changes) {
            assertThat(sealedBy(change.apply(sealed(SealRole.INGRESS, SETTINGS)), NOW))
                    .isEmpty();
        }
    }

    @Test
    void a_border_between_two_headers_cannot_be_moved() {
        var record = record();
        record.headers().add("a", "bc".getBytes(UTF_8));
        Sealer.from(settings(SETTINGS), SealRole.INGRESS).orElseThrow().seal(record);
        var seal = record.headers().lastHeader("ipn.seal").value();
        record.headers()
                .remove("a")
                .remove("ipn.seal")
                .add("ab", "c".getBytes(UTF_8))
                .add("ipn.seal", seal);
        assertThat(sealedBy(record, NOW)).isEmpty();
    }

    @Test
    void a_replayed_record_keeps_its_seal() {
        var record = sealed(SealRole.INGRESS, SETTINGS);
        record.headers()
                .add("ipn.dlq.id", "d1".getBytes(UTF_8))
                .add("ipn.dlq.attempts", "2".getBytes(UTF_8))
                .add("ipn.replay-id", "r1".getBytes(UTF_8));
        assertThat(sealedBy(record, NOW)).contains(SealRole.INGRESS);
    }

    @Test
    void without_settings_no_seal_is_made_or_required() {
        assertThat(SealCheck.from(Settings.empty()).isRequired()).isFalse();
        assertThat(Sealer.from(Settings.empty(), SealRole.INGRESS)).isEmpty();
    }

    @Test
    void a_short_secret_and_tools_without_ingress_are_problems() {
        var settings = settings("seal: {tools: 'env:SHORT'}");
        SealCheck.from(settings);
        assertThat(settings.problems().found().toString())
                .contains("env:SHORT is too short")
                .doesNotContain("0123456789");
        var alone = settings("seal: {tools: 'env:TOOLS'}");
        SealCheck.from(alone);
        assertThat(alone.problems().found().toString()).contains("seal.ingress: missing");
    }

    @Test
    void a_program_reads_only_its_own_secret() {
        var settings =
                Settings.parse("seal: {ingress: 'env:NEW', tools: 'env:NOT_THERE'}", Map.of("NEW", NEW), Path.of(""));
        assertThat(Sealer.from(settings, SealRole.INGRESS)).isPresent();
        settings.verify();
    }

    private static Settings settings(String yaml) {
        var environment = Map.of("NEW", NEW, "OLD", OLD, "TOOLS", TOOLS, "SHORT", "0123456789");
        return Settings.parse(yaml, environment, Path.of(""));
    }

    private static ProducerRecord<byte[], byte[]> sealed(SealRole role, String settings) {
        var record = record();
        Sealer.from(settings(settings), role).orElseThrow().seal(record);
        return record;
    }

    private static ProducerRecord<byte[], byte[]> record() {
        var record = new ProducerRecord<>("ipn.raw", "stripe/main/pi_1".getBytes(UTF_8), "{}".getBytes(UTF_8));
        record.headers().add("ce_id", "evt_1".getBytes(UTF_8)).add("ipn.verified-by", "hmac-sha256 k".getBytes(UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> record, byte[] key, byte[] value) {
        return new ProducerRecord<>(record.topic(), null, key, value, record.headers());
    }

    private static ProducerRecord<byte[], byte[]> changed(
            ProducerRecord<byte[], byte[]> record, String header, String value) {
        record.headers().remove(header).add(header, value.getBytes(UTF_8));
        return record;
    }

    private Optional<SealRole> sealedBy(ProducerRecord<byte[], byte[]> record, Instant at) {
        var headers = new ArrayList<Map.Entry<String, byte[]>>();
        record.headers().forEach(header -> headers.add(new SimpleImmutableEntry<>(header.key(), header.value())));
        return check.sealedBy(record.key(), record.value(), headers, at);
    }
}
