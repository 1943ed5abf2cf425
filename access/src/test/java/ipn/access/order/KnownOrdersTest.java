package ipn.access.order;

import static ipn.access.order.KnownOrders.Verdict.KEY_USED;
import static ipn.access.order.KnownOrders.Verdict.NEW;
import static ipn.access.order.KnownOrders.Verdict.OTHER_CONTENT;
import static ipn.access.order.KnownOrders.Verdict.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.access.order.KnownOrders.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownOrdersTest {
    private final KnownOrders known = new KnownOrders(3);

    private Verdict judge(String id, String content, String key) {
        return known.judge(Fingerprint.of(id), Fingerprint.of(content), Fingerprint.of(key));
    }

    private boolean overHttp(String id, String content, String key) {
        return known.add(Fingerprint.of(id), Fingerprint.of(content), Optional.of(Fingerprint.of(key)));
    }

    private boolean otherwise(String id, String content) {
        return known.add(Fingerprint.of(id), Fingerprint.of(content), Optional.empty());
    }

    @Test
    void an_order_is_new_or_the_same_or_another() {
        assertThat(judge("o_1", "a", "k_1")).isEqualTo(NEW);
        assertThat(overHttp("o_1", "a", "k_1")).isTrue();
        assertThat(judge("o_1", "a", "k_1")).isEqualTo(SAME);
        assertThat(judge("o_1", "a", "k_2")).as("by another key").isEqualTo(SAME);
        assertThat(judge("o_1", "b", "k_1")).isEqualTo(OTHER_CONTENT);
        assertThat(judge("o_2", "a", "k_1")).isEqualTo(KEY_USED);
        assertThat(judge("o_2", "a", "k_2")).isEqualTo(NEW);
    }

    @Test
    void over_http_the_first_counts_and_by_other_means_the_newest() {
        overHttp("o_1", "a", "k_1");
        assertThat(overHttp("o_1", "b", "k_2")).isFalse();
        assertThat(judge("o_1", "a", "k_1")).isEqualTo(SAME);
        assertThat(judge("o_3", "c", "k_2")).as("a key that counts for nothing").isEqualTo(NEW);

        assertThat(otherwise("o_1", "b")).isTrue();
        assertThat(judge("o_1", "a", "k_1")).isEqualTo(OTHER_CONTENT);
        assertThat(judge("o_1", "b", "k_3")).isEqualTo(SAME);
    }

    @Test
    void an_order_that_is_written_again_keeps_its_key() {
        overHttp("o_1", "a", "k_1");
        assertThat(otherwise("o_1", "a")).isTrue();
        assertThat(judge("o_2", "b", "k_1")).isEqualTo(KEY_USED);
    }

    @Test
    void the_oldest_is_forgotten_with_its_key() {
        for (var each : new String[] {"1", "2", "3"}) {
            overHttp("o_" + each, each, "k_" + each);
        }
        otherwise("o_1", "new");
        overHttp("o_4", "4", "k_4");

        assertThat(known.size()).isEqualTo(3);
        assertThat(judge("o_2", "2", "k_2")).isEqualTo(NEW);
        assertThat(judge("o_9", "9", "k_2")).isEqualTo(NEW);
        assertThat(judge("o_1", "new", "k_1")).isEqualTo(SAME);
    }

    @Test
    void a_fingerprint_is_read_as_it_was_written() {
        var fingerprint = Fingerprint.of("any");
        assertThat(Fingerprint.parse(fingerprint.hex().getBytes(StandardCharsets.UTF_8)))
                .contains(fingerprint);
        assertThat(Fingerprint.parse(new byte[] {1})).isEmpty();
    }
}
