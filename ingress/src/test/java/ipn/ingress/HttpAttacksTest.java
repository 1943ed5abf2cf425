package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests no gateway would send, over real sockets. */
class HttpAttacksTest {
    private static final int LIMIT = 64 * 1024;
    private static final String BODY = "pay_1 evt_1";
    private static Ingress ingress;

    @BeforeAll
    static void start() {
        ingress = new Ingress("body-bytes-max: " + LIMIT, TestAccount.main());
    }

    @AfterAll
    static void stop() {
        ingress.close();
    }

    @AfterEach
    void nothing_was_stored_that_should_not_be() {
        Ingress.await("bytes are given back", () -> ingress.bytesInFlight() == 0);
        Ingress.await("connections are closed", () -> connections() == 0);
        ingress.raw.records.clear();
    }

    private static double connections() {
        return ingress.registry.get("ipn.ingress.connections").gauge().value();
    }

    static Stream<Post> smuggling() {
        var signed = Post.signed(BODY);
        return Stream.of(
                signed.with("Transfer-Encoding: chunked"),
                signed.with("Content-Length: 11"),
                signed.with("Content-Length: 12"),
                signed.replacing("Content-Length", "Content-Length: +11"),
                signed.replacing("Content-Length", "Content-Length: -1"),
                signed.replacing("Content-Length", "Content-Length: 0xb"),
                signed.replacing("Content-Length", "Content-Length: 11, 11"),
                signed.replacing("Content-Length", "Content-Length: 9223372036854775808"),
                signed.chunked().replacing("Transfer-Encoding", "Transfer-Encoding: chunked, xchunked"),
                signed.chunked().replacing("Transfer-Encoding", "Transfer-Encoding: xchunked"),
                signed.chunked().replacing("Transfer-Encoding", "Transfer-Encoding: gzip, chunked"),
                signed.chunked().replacing("Transfer-Encoding", "Transfer-Encoding: identity"),
                signed.chunked().replacing("Transfer-Encoding", "Transfer-Encoding : chunked"),
                signed.chunked().with("Transfer-Encoding: chunked"),
                signed.with("X-Nul: a\0b"),
                signed.with("X-Bare: a\rb"),
                signed.with("X-Bare: a\nX-Other: b"),
                signed.to("POST /ipn/test/main HTTP/1.1\nX-Other: b"),
                signed.with(" folded: into the line before"),
                signed.with("X-Folded: one\r\n two"),
                signed.with("X-Folded: one\r\n\ttwo"),
                signed.with("No-Colon"),
                signed.with(": no name"),
                signed.without("Host"),
                signed.with("Host: another"),
                signed.replacing("Host", "Host: "),
                signed.with("Content-Type: application/json"),
                signed.to("POST /ipn/test/main HTTP/2.0"),
                signed.to("POST /ipn/test/main HTTP/1.2"),
                signed.to("POST /ipn/test/main"),
                signed.to(" "));
    }

    @ParameterizedTest
    @MethodSource("smuggling")
    void an_ambiguous_or_malformed_head_is_400_and_the_connection_closes(Post post) {
        try (var wire = ingress.open()) {
            assertThat(wire.send(post.bytes()).mustAnswer().status()).isEqualTo(400);
            assertThat(wire.closed()).isTrue();
        }
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void a_folded_header_is_seen_however_it_is_cut() {
        var bytes = Post.signed(BODY).with("X-Folded: one\r\n two").bytes();
        try (var wire = ingress.open()) {
            for (var each : bytes) {
                wire.send(new byte[] {each});
            }
            assertThat(wire.mustAnswer().status()).isEqualTo(400);
        }
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void a_folded_header_is_seen_behind_another_request() {
        try (var wire = ingress.open()) {
            wire.send(Post.signed(BODY).bytes());
            wire.send(concat(
                    Post.signed(BODY).chunked().bytes(),
                    Post.signed(BODY).with("X-Folded: one\r\n two").bytes()));
            assertThat(wire.mustAnswer().status()).isEqualTo(200);
            assertThat(wire.mustAnswer().status()).isEqualTo(200);
            assertThat(wire.mustAnswer().status()).isEqualTo(400);
            assertThat(wire.closed()).isTrue();
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() {
        try (var wire = ingress.open()) {
            wire.send(concat(
                    Post.signed(BODY).bytes(),
                    Post.signed(BODY).chunked().bytes(),
                    Post.unsigned(BODY).bytes(),
                    Post.signed(BODY).bytes()));
            assertThat(Stream.generate(wire::mustAnswer).limit(3).map(Wire.Reply::status))
                    .containsExactly(200, 200, 401);
            assertThat(wire.closed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5\r\nhello\r\nxyz\r\n", "-1\r\n", "0x5\r\nhello\r\n", "5;\0\r\nhello\r\n", "2\r\nhello\r\n"})
    void a_chunk_that_is_none_is_400_or_a_close(String body) {
        var head = Post.unsigned("").replacing("Content-Length", "Transfer-Encoding: chunked");
        try (var wire = ingress.open()) {
            wire.send(head.head()).send(body);
            assertThat(wire.answer().map(Wire.Reply::status))
                    .isIn(java.util.Optional.of(400), java.util.Optional.empty());
            assertThat(wire.closed()).isTrue();
        }
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void chunks_carry_a_signed_body_as_well() {
        assertThat(ingress.statusOf(Post.signed(BODY).chunked())).isEqualTo(200);
        assertThat(ingress.raw.records.get(0).value()).asString().isEqualTo(BODY);
    }

    @Test
    void a_header_of_20_kilobytes_is_431() {
        assertThat(ingress.statusOf(Post.signed(BODY).with("X-Long: " + "a".repeat(20_000))))
                .isEqualTo(431);
    }

    @Test
    void two_hundred_headers_are_431() {
        var post = IntStream.range(0, 200)
                .boxed()
                .reduce(Post.signed(BODY), (p, i) -> p.with("X-" + i + ": 1"), (a, b) -> a);
        assertThat(ingress.statusOf(post)).isEqualTo(431);
    }

    @Test
    void a_hundred_headers_are_served_and_one_more_is_431_even_if_all_have_one_name() {
        var some = Post.signed(BODY);
        var hundred = repeated(some, 100 - some.headers().size());
        assertThat(ingress.statusOf(hundred)).isEqualTo(200);
        assertThat(ingress.statusOf(repeated(hundred, 1))).isEqualTo(431);
        assertThat(ingress.statusOf(repeated(some, 3_000))).isEqualTo(431);
    }

    @Test
    void headers_without_an_end_are_431_as_soon_as_they_are_too_many() {
        var head = repeated(Post.unsigned(BODY), 200).head();
        try (var wire = ingress.open()) {
            for (var line : head.strip().split("\r\n")) {
                wire.send(line + "\r\n");
            }
            assertThat(wire.mustAnswer().status()).isEqualTo(431);
            assertThat(wire.closed()).isTrue();
        }
        assertThat(ingress.requests("headers_too_large")).isPositive();
    }

    private static Post repeated(Post post, int times) {
        return IntStream.range(0, times).boxed().reduce(post, (p, i) -> p.with("X-A: 1"), (a, b) -> a);
    }

    static Stream<Post> refused() {
        return Stream.of(
                Post.unsigned(BODY),
                Post.signed(BODY).to("POST /ipn/test/nobody HTTP/1.1"),
                Post.signed(BODY).to("PUT /ipn/test/main HTTP/1.1"),
                Post.signed(BODY).without("Content-Type"),
                Post.signed(new byte[LIMIT + 1]),
                Post.signed(new byte[LIMIT + 1]).chunked());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void after_a_refusal_the_connection_closes(Post post) {
        try (var wire = ingress.open()) {
            var reply = wire.send(post.bytes()).mustAnswer();
            assertThat(reply.status()).isBetween(400, 499);
            assertThat(reply.header("connection")).contains("close");
            assertThat(wire.closed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 1_000})
    void a_body_in_small_chunks_is_stored(int bytes) {
        var body = "pay_1 evt_1 " + "x".repeat(bytes);
        assertThat(ingress.statusOf(inChunksOfOneByte(body))).isEqualTo(200);
        assertThat(ingress.raw.records)
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo(bytes(body)));
    }

    @Test
    void a_body_in_thousands_of_chunks_of_one_byte_is_400() {
        assertThat(ingress.statusOf(inChunksOfOneByte("pay_1 evt_1 " + "x".repeat(5_000))))
                .isEqualTo(400);
        assertThat(ingress.raw.records).isEmpty();
    }

    private static Post inChunksOfOneByte(String body) {
        var framed = body.chars()
                .mapToObj(each -> "1\r\n" + (char) each + "\r\n")
                .collect(Collectors.joining("", "", "0\r\n\r\n"));
        return Post.signed(body)
                .replacing("Content-Length", "Transfer-Encoding: chunked")
                .withBody(bytes(framed));
    }

    @Test
    void a_path_of_10_kilobytes_is_414() {
        assertThat(ingress.statusOf(Post.signed(BODY).to("POST /ipn/test/" + "a".repeat(10_000) + " HTTP/1.1")))
                .isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "post"})
    void every_method_but_post_is_405(String method) {
        var reply = ingress.answerTo(
                new Post(method + " /ipn/test/main HTTP/1.1", java.util.List.of("Host: localhost"), new byte[0]));
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//ipn/test/main",
                "/ipn//test/main",
                "/ipn/test/..%2ftest/main",
                "/ipn/test/../test/main",
                "/ipn/./test/main",
                "/ipn/test/main%00",
                "/ipn/test/main;v=1",
                "/ipn/test/%6dain",
                "/ipn/test/main/",
                "/IPN/test/main",
                "/ipn/test/MAIN",
                "/ipn\\test\\main",
                "*",
                "localhost:80"
            })
    void there_is_one_way_to_write_a_path(String path) {
        assertThat(ingress.statusOf(Post.signed(BODY).to("POST " + path + " HTTP/1.1")))
                .isIn(400, 404);
        assertThat(ingress.statusOf(Post.signed(BODY).to("POST /ipn/test/" + "a".repeat(300) + " HTTP/1.1")))
                .isEqualTo(404);
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void a_query_is_of_no_interest() {
        assertThat(ingress.statusOf(Post.signed(BODY).to("POST /ipn/test/main?from=test HTTP/1.1")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "multipart/form-data; boundary=x", "application/jsonp", "", "json", "*/*", "\u00e9"
            })
    void a_media_type_the_gateway_does_not_send_is_415(String type) {
        assertThat(ingress.statusOf(Post.signed(BODY).replacing("Content-Type", "Content-Type: " + type)))
                .isEqualTo(415);
    }

    @Test
    void no_media_type_is_415_and_parameters_do_not_matter() {
        assertThat(ingress.statusOf(Post.signed(BODY).without("Content-Type"))).isEqualTo(415);
        var parameters = "Content-Type: Application/JSON ; charset=utf-8";
        assertThat(ingress.statusOf(Post.signed(BODY).replacing("Content-Type", parameters)))
                .isEqualTo(200);
    }

    @Test
    void a_body_one_byte_too_large_is_413_before_it_is_read() {
        var post = Post.signed(new byte[LIMIT + 1]);
        try (var wire = ingress.open()) {
            assertThat(wire.send(post.head()).mustAnswer().status()).isEqualTo(413);
            assertThat(wire.closed()).isTrue();
        }
    }

    @Test
    void a_chunked_body_one_byte_too_large_is_413_while_it_is_read() {
        assertThat(ingress.statusOf(Post.signed(new byte[LIMIT + 1]).chunked())).isEqualTo(413);
    }

    @Test
    void a_body_as_large_as_allowed_is_stored() {
        var body = new byte[LIMIT];
        Arrays.fill(body, (byte) 'x');
        assertThat(ingress.statusOf(Post.signed(body))).isEqualTo(200);
        assertThat(ingress.statusOf(Post.signed(body).chunked())).isEqualTo(200);
        assertThat(ingress.raw.records).hasSize(2).allMatch(record -> Arrays.equals(record.value(), body));
    }

    @Test
    void an_endless_body_is_cut_off_after_its_413() {
        var head = Post.unsigned("").replacing("Content-Length", "Transfer-Encoding: chunked");
        var chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
        try (var wire = ingress.open()) {
            wire.send(head.head());
            IntStream.range(0, 256).forEach(i -> wire.send(chunk));
            assertThat(wire.answer().map(Wire.Reply::status).orElse(413)).isEqualTo(413);
            assertThat(wire.closed()).isTrue();
        }
    }

    @Test
    void a_length_too_short_leaves_a_rest_that_is_no_request() {
        try (var wire = ingress.open()) {
            wire.send(Post.signed("pay_1 evt_").withBody(bytes(BODY)).bytes());
            assertThat(wire.mustAnswer().status()).isEqualTo(200);
            wire.send("\r\n\r\n");
            assertThat(wire.mustAnswer().status()).isEqualTo(400);
            assertThat(wire.closed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd", "deflate", "gzip, gzip", "identity, gzip", ""})
    void a_compressed_body_is_415_and_never_inflated(String encoding) throws IOException {
        var bomb = gzip(new byte[50 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(LIMIT);
        assertThat(ingress.statusOf(Post.signed(bomb).with("Content-Encoding: " + encoding)))
                .isEqualTo(415);
    }

    @Test
    void the_identity_encoding_is_none() {
        assertThat(ingress.statusOf(Post.signed(BODY).with("Content-Encoding: identity")))
                .isEqualTo(200);
    }

    @Test
    void a_sender_that_expects_100_is_told_to_go_on_only_if_its_headers_are_right() {
        try (var wire = ingress.open()) {
            var post = Post.signed(BODY).with("Expect: 100-continue");
            assertThat(wire.send(post.head()).mustAnswer().status()).isEqualTo(100);
            assertThat(wire.send(BODY).mustAnswer().status()).isEqualTo(200);
            assertThat(wire.send(post.without("Content-Type").head())
                            .mustAnswer()
                            .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void half_a_body_is_never_stored() throws IOException {
        var post = Post.signed(BODY);
        try (var finished = ingress.open();
                var reset = ingress.open()) {
            finished.send(post.head()).send("pay_1");
            finished.socket.shutdownOutput();
            assertThat(finished.answer()).isEmpty();
            reset.send(post.head()).send("pay_1");
            reset.socket.setSoLinger(true, 0);
        }
        Ingress.await("both are seen to be gone", () -> connections() == 0);
        assertThat(ingress.raw.records).isEmpty();
    }

    @Test
    void a_sender_that_leaves_before_the_answer_leaves_nothing_behind() {
        var before = ingress.raw.records.size();
        for (var i = 0; i < 50; i++) {
            try (var wire = ingress.open()) {
                wire.send(Post.signed(BODY).bytes());
            }
        }
        Ingress.await("all are stored or seen to be gone", () -> connections() == 0);
        assertThat(ingress.raw.records.size() - before).isLessThanOrEqualTo(50);
        assertThat(ingress.statusOf(Post.signed(BODY))).isEqualTo(200);
    }

    @Test
    void http_2_is_off() {
        try (var wire = ingress.open()) {
            wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(wire.answer().map(Wire.Reply::status).orElse(400)).isEqualTo(400);
            assertThat(wire.closed()).isTrue();
        }
        var upgrade = Post.signed(BODY)
                .with("Connection: Upgrade, HTTP2-Settings")
                .with("Upgrade: h2c")
                .with("HTTP2-Settings: AAMAAABkAAQAAP__");
        assertThat(ingress.statusOf(upgrade)).isEqualTo(200);
    }

    @Test
    void a_websocket_is_not_opened() {
        var upgrade = new Post(
                "GET /ipn/test/main HTTP/1.1",
                java.util.List.of(
                        "Host: localhost",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                new byte[0]);
        assertThat(ingress.statusOf(upgrade)).isEqualTo(405);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
