package ipn.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleHeadTest {
    private static final String LINE = "POST /ipn/test/main HTTP/1.1\r\n";
    private static final String LENGTH = "Content-Length: 4\r\n";

    private final SimpleHead head = new SimpleHead(Optional.of("X-Forwarded-For"));

    @Test
    void what_gateways_send_is_simple() {
        var text = LINE + "Host: localhost\r\nConnection: Keep-Alive\r\nContent-Type: application/json\r\n" + LENGTH
                + "X-Forwarded-For: 1.1.1.1\r\nx-forwarded-for:  203.0.113.9 \r\n\r\n";
        var in = bytes(text + "body");
        assertThat(head.read(in)).isTrue();
        assertThat(head.length()).isEqualTo(text.length());
        assertThat(head.bodyLength()).isEqualTo(4);
        assertThat(head.path()).isEqualTo("/ipn/test/main");
        assertThat(head.address()).contains("203.0.113.9");
        assertThat(in.readerIndex()).isZero();
    }

    @Test
    void nothing_is_left_of_the_head_before() {
        assertThat(head.read(bytes(LINE + LENGTH + "x-forwarded-for: 1.1.1.1\r\n\r\n")))
                .isTrue();
        assertThat(head.read(bytes(LINE + LENGTH + "\r\n"))).isTrue();
        assertThat(head.address()).isEmpty();
        assertThat(head.read(bytes(LINE + "\r\n"))).isFalse();
        assertThat(head.read(bytes("POST"))).isFalse();
        assertThat(head.read(Unpooled.EMPTY_BUFFER)).isFalse();
    }

    @Test
    void every_part_of_a_head_is_not_whole() {
        var whole = LINE + "Host: localhost\r\n" + LENGTH + "\r\n";
        for (var length = 0; length < whole.length(); length++) {
            assertThat(head.read(bytes(whole.substring(0, length)))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ipn/test/main HTTP/1.1\r\n",
                "post /ipn/test/main HTTP/1.1\r\n",
                "POST ipn/test/main HTTP/1.1\r\n",
                "POST  /ipn/test/main HTTP/1.1\r\n",
                "POST /ipn/test /main HTTP/1.1\r\n",
                "POST /ipn/test/main HTTP/1.0\r\n",
                "POST /ipn/test/main HTTP/1.1\n",
                "POST / HTTP/1.1 \r\n",
                "\r\nPOST /ipn/test/main HTTP/1.1\r\n"
            })
    void other_request_lines_are_for_the_decoder(String line) {
        assertThat(head.read(bytes(line + LENGTH + "\r\n"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n",
                "transfer-encoding: x\r\n",
                "Expect: 100-continue\r\n",
                "Upgrade: h2c\r\n",
                "Connection: close\r\n",
                "Content-Length: 4\r\n",
                "Content-Length : 4\r\n",
                " folded: 1\r\n",
                "\tfolded: 1\r\n",
                ": no name\r\n",
                "no colon\r\n",
                "na me: 1\r\n",
                "\u000btransfer-encoding: chunked\r\n",
                "bare: line\nTransfer-Encoding: chunked\r\n",
                "bare: return\rTransfer-Encoding: chunked\r\n",
                "nul: \u0000\r\n",
                "high: \u00e9\r\n"
            })
    void other_fields_are_for_the_decoder(String field) {
        assertThat(head.read(bytes(LINE + LENGTH + field + "\r\n"))).isFalse();
        assertThat(head.read(bytes(LINE + field + LENGTH + "\r\n"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+4", "-4", "4,4", "4 4", "0x4", "1234567890"})
    void other_lengths_are_for_the_decoder(String value) {
        assertThat(head.read(bytes(LINE + "Content-Length: " + value + "\r\n\r\n")))
                .isFalse();
    }

    @Test
    void too_many_fields_are_for_the_decoder() {
        assertThat(head.read(bytes(LINE + "a: b\r\n".repeat(99) + LENGTH + "\r\n")))
                .isTrue();
        assertThat(head.read(bytes(LINE + "a: b\r\n".repeat(100) + LENGTH + "\r\n")))
                .isFalse();
        assertThat(head.read(bytes(LINE + "a: " + "b".repeat(9_000) + "\r\n" + LENGTH + "\r\n")))
                .isFalse();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
