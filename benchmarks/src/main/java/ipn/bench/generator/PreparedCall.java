package ipn.bench.generator;

import ipn.bench.load.IngressCall;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** A call as it is sent, written once before the round, so that sending costs as little as possible. */
final class PreparedCall {
    private final byte[] request;
    private final int bodyLength;

    private PreparedCall(byte[] request, int bodyLength) {
        this.request = request;
        this.bodyLength = bodyLength;
    }

    /** @param address host and port */
    static PreparedCall of(String address, IngressCall call) {
        var body = call.outgoing().body().array();
        var path = "/ipn/" + call.gateway() + "/main";
        var head = head(address, path, call.outgoing().headers(), "content-length: " + body.length);
        return new PreparedCall(concat(head, body), body.length);
    }

    /**
     * The head of a request.
     *
     * @param length the field that says how long the body is
     */
    static byte[] head(String address, String path, Map<String, String> headers, String length) {
        var head = new StringBuilder()
                .append("POST ")
                .append(path)
                .append(" HTTP/1.1\r\nhost: ")
                .append(address)
                .append("\r\n")
                .append(length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] concat(byte[]... parts) {
        var all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** The whole HTTP request. */
    byte[] request() {
        return request;
    }

    /** A copy of its body. */
    byte[] body() {
        return Arrays.copyOfRange(request, request.length - bodyLength, request.length);
    }
}
