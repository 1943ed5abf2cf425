package ipn.ingress;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Strangers in a JVM of their own: attack a port in one way from several addresses until their input ends. */
final class Strangers {
    private static final int ADDRESSES = 10;
    /** How many attack at once. */
    static final int COUNT = 4 * ADDRESSES;

    private static final String BODY = "pay_1 evt_1";

    private Strangers() {}

    /** Prints a line once each could have opened a connection, and at the end how many they opened. */
    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[0]);
        var attack = attacks()
                .filter(each -> each.name().equals(arguments[1]))
                .findFirst()
                .orElseThrow();
        var over = new AtomicBoolean();
        var connections = new AtomicLong();
        for (var i = 0; i < COUNT; i++) {
            var address = "127.0.0." + (2 + i % ADDRESSES);
            new Thread(() -> attack(port, address, attack, over, connections)).start();
        }
        while (connections.get() < COUNT) {
            Thread.onSpinWait();
        }
        System.out.println("first connections " + connections);
        while (System.in.read() >= 0) {
            // until the input ends
        }
        over.set(true);
        System.out.println("connections " + connections);
        Runtime.getRuntime().halt(0); // a connection may wait for an answer for long
    }

    private static void attack(int port, String address, Attack attack, AtomicBoolean over, AtomicLong connections) {
        while (!over.get()) {
            try (var wire = new Wire(port, address)) {
                connections.incrementAndGet();
                attack.step().accept(wire, over);
            } catch (UncheckedIOException refused) {
                Thread.onSpinWait();
            }
        }
    }

    /** What a stranger does on one connection until it is closed, or the attack ends. */
    record Attack(String name, BiConsumer<Wire, AtomicBoolean> step) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        var body = "x".repeat(900_000);
        return Stream.of(
                attack("chunks of one byte", chunkedHead(), "1\r\nx\r\n".repeat(2_000)),
                attack("large bodies that never end", Post.unsigned(body).head(), "x".repeat(64 * 1024)),
                attack("header fields that never end", "POST /ipn/test/main HTTP/1.1\r\n", "a:\r\n".repeat(50)),
                attack("repeated header fields", "POST /ipn/test/main HTTP/1.1\r\n" + "a:\r\n".repeat(3_000), "\r\n"),
                attack("one long header field", "POST /ipn/test/main HTTP/1.1\r\na: ", "x".repeat(4_000)),
                attack("connections without a byte", "", ""),
                attack(
                        "requests that are not authentic",
                        "",
                        new String(Post.unsigned(BODY).bytes(), StandardCharsets.ISO_8859_1)),
                attack(
                        "requests to accounts that do not exist",
                        "",
                        new String(
                                Post.unsigned(BODY)
                                        .to("POST /ipn/test/nobody HTTP/1.1")
                                        .bytes(),
                                StandardCharsets.ISO_8859_1)),
                attack(
                        "pipelined requests without reading",
                        "",
                        new String(
                                        Post.signed(BODY)
                                                .to("POST /ipn/test/nobody HTTP/1.1")
                                                .bytes(),
                                        StandardCharsets.ISO_8859_1)
                                .repeat(50)));
    }

    private static String chunkedHead() {
        return Post.unsigned("")
                .replacing("Content-Length", "Transfer-Encoding: chunked")
                .head();
    }

    private static Attack attack(String name, String begin, String again) {
        return new Attack(name, (wire, over) -> {
            wire.send(begin);
            while (!over.get() && !wire.isGone()) {
                wire.send(again);
                if (again.isEmpty()) {
                    Thread.onSpinWait();
                }
            }
        });
    }
}
