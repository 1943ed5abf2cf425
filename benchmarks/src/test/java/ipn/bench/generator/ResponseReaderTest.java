package ipn.bench.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
    private final ResponseReader reader = new ResponseReader();

    @Test
    void a_response_is_complete_with_the_last_byte_of_its_body() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab")).isFalse();
        assertThat(read("c")).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.closes()).isFalse();
    }

    @Test
    void it_may_arrive_byte_by_byte() {
        var response = "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 1\r\n\r\nx";
        for (var i = 0; i < response.length() - 1; i++) {
            assertThat(read(response.substring(i, i + 1))).isFalse();
        }
        assertThat(read(response.substring(response.length() - 1))).isTrue();
        assertThat(reader.status()).isEqualTo(503);
        assertThat(reader.closes()).isTrue();
    }

    @Test
    void one_without_a_body_is_complete_with_its_head() {
        assertThat(read("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).isTrue();
    }

    @Test
    void after_100_continue_follows_the_response() {
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\n")).isFalse();
        assertThat(read("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"))
                .isTrue();
        assertThat(reader.status()).isEqualTo(401);
    }

    @Test
    void after_a_reset_it_reads_the_next_response() {
        read("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        reader.reset();

        assertThat(read("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.closes()).isFalse();
    }

    @Test
    void something_else_is_no_response() {
        assertThatThrownBy(() -> read("SSH-2.0-OpenSSH\r\n")).hasMessageContaining("expected: HTTP/1.1");
    }

    private boolean read(String bytes) {
        return reader.read(ByteBuffer.wrap(bytes.getBytes(US_ASCII)));
    }
}
