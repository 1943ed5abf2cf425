package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Of refunds and the like, those above a rate are stored in the topic of what waits; everything else never is. */
class DeferralTest {
    private static final String RAW = "ipn.raw";
    private static final String DEFERRED = "ipn.raw-deferred";

    @Test
    void refunds_above_the_rate_wait_and_everything_else_does_not() {
        var stored =
                send("refunds-per-second: 1", "refund.created", "paid", "dispute.opened", "paid", "charge.refunded");

        assertThat(stored).extracting(ProducerRecord::topic).containsExactly(RAW, RAW, DEFERRED, RAW, DEFERRED);
    }

    @Test
    void what_waits_has_the_same_key_bytes_and_headers() {
        var stored = send("refunds-per-second: 1", "charge.refunded", "charge.refunded");
        var atOnce = stored.get(0);
        var waits = stored.get(1);

        assertThat(waits.topic()).isEqualTo(DEFERRED);
        assertThat(waits.value()).isEqualTo(atOnce.value());
        assertThat(text(waits.key())).isEqualTo("test/main/pay_1");
        assertThat(header(waits, "ce_id")).isEqualTo("test/main/evt_1");
        assertThat(names(waits)).isEqualTo(names(atOnce));
    }

    @Test
    void what_waits_of_one_account_is_in_one_partition() {
        var types = new String[50];
        Arrays.fill(types, "refund");
        var stored = send("refunds-per-second: 1", types);

        assertThat(stored.stream().filter(each -> each.topic().equals(DEFERRED)))
                .hasSizeGreaterThan(10)
                .extracting(ProducerRecord::partition)
                .doesNotContainNull()
                .containsOnly(stored.get(types.length - 1).partition());
    }

    @Test
    void with_a_rate_of_0_nothing_waits() {
        assertThat(send("refunds-per-second: 0", "refund", "refund", "refund"))
                .extracting(ProducerRecord::topic)
                .containsOnly(RAW);
    }

    @Test
    void what_waits_is_counted_by_account() {
        try (var ingress = new Ingress("refunds-per-second: 1", account("refund", "refund", "refund"))) {
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_1"))).isEqualTo(200);

            assertThat(ingress.registry
                            .get("ipn.ingress.deferred")
                            .tags("gateway", "test", "account", "main")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> send(String settings, String... types) {
        try (var ingress = new Ingress(settings, account(types))) {
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_1"))).isEqualTo(200);
            return List.copyOf(ingress.raw.records);
        }
    }

    /** One item of each type. */
    private static TestAccount account(String... types) {
        return TestAccount.main().identifying((account, delivery) -> {
            var items = new ArrayList<Item>();
            for (var i = 0; i < types.length; i++) {
                items.add(new Item(i, account.id().key("pay_" + i), account.id().key("evt_" + i), types[i]));
            }
            return items;
        });
    }

    private static List<String> names(ProducerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray()).map(header -> header.key()).toList();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
