package ipn.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as bytes. {@link #signed} is what a well-behaved gateway sends; each {@code with} spoils or adds one thing.
 *
 * @param headers whole lines, sent as they are
 */
record Post(String line, List<String> headers, byte[] body) {
    static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");

    static Post signed(String body) {
        return signed(body.getBytes(StandardCharsets.UTF_8));
    }

    static Post signed(byte[] body) {
        return signed(body, NOW);
    }

    static Post signed(byte[] body, Instant at) {
        return unsigned(body).with("Test-Signature: " + TestAccount.signature(TestAccount.SECRET, at, body));
    }

    static Post unsigned(String body) {
        return unsigned(body.getBytes(StandardCharsets.UTF_8));
    }

    static Post unsigned(byte[] body) {
        return new Post(
                "POST /ipn/test/main HTTP/1.1",
                List.of("Host: localhost", "Content-Type: application/json", "Content-Length: " + body.length),
                body);
    }

    Post with(String headerLine) {
        var more = new ArrayList<>(headers);
        more.add(headerLine);
        return new Post(line, more, body);
    }

    Post without(String headerName) {
        var fewer = headers.stream()
                .filter(each -> !each.regionMatches(true, 0, headerName + ":", 0, headerName.length() + 1))
                .toList();
        return new Post(line, fewer, body);
    }

    Post replacing(String headerName, String headerLine) {
        return without(headerName).with(headerLine);
    }

    Post to(String requestLine) {
        return new Post(requestLine, headers, body);
    }

    Post withBody(byte[] other) {
        return new Post(line, headers, other);
    }

    /** The same body in one chunk. */
    Post chunked() {
        var framed = new ByteArrayOutputStream();
        framed.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        framed.writeBytes(body);
        framed.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return replacing("Content-Length", "Transfer-Encoding: chunked").withBody(framed.toByteArray());
    }

    String head() {
        return line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }
}
