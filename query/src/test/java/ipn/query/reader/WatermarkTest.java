package ipn.query.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);
    private static final Instant ASKED = Instant.parse("2026-11-30T10:00:00Z");

    private final Watermark watermark = new Watermark();

    @Test
    void is_the_time_at_which_the_ends_were_asked_once_all_of_them_are_reached() {
        watermark.expect(ASKED, Map.of(A, 5L, B, 2L));

        assertThat(watermark.reached(Map.of(A, 5L, B, 1L))).isEmpty();
        assertThat(watermark.reached(Map.of(A, 900L)))
                .as("a partition without a position")
                .isEmpty();
        assertThat(watermark.isPending()).isTrue();
        assertThat(watermark.reached(Map.of(A, 9L, B, 2L)))
                .as("more has arrived since")
                .contains(ASKED);
        assertThat(watermark.isPending()).isFalse();
    }

    @Test
    void is_not_known_before_ends_were_asked_or_twice() {
        assertThat(watermark.reached(Map.of(A, 5L))).isEmpty();
        watermark.expect(ASKED, Map.of(A, 0L));
        assertThat(watermark.reached(Map.of(A, 0L))).contains(ASKED);
        assertThat(watermark.reached(Map.of(A, 1L))).isEmpty();
    }
}
