package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    @Test
    void it_prints_neither_its_body_nor_its_headers() {
        var delivery = new Delivery(
                Map.of("authorization", List.of("Basic c2VjcmV0")), Bytes.utf8("ada@example.com"), Instant.EPOCH);
        assertThat(delivery.toString() + delivery.body()).doesNotContain("ada", "c2VjcmV0");
    }
}
