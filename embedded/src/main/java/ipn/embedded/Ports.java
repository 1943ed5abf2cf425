package ipn.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/** Ports on loopback. */
final class Ports {
    /**
     * Free ports are chosen below the ephemeral range of operating systems. Within it, a client that keeps connecting to a
     * stopped broker can by chance connect to itself and occupy the port.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 31_999;
    private static final int TRIES = 200;

    private Ports() {}

    /** A port that is free at the moment. */
    static int free() {
        return freeBeside(0);
    }

    /**
     * As {@link #free}, for a program that listens on two ports.
     *
     * @param other the port that it listens on as well, but not yet
     */
    static int freeBeside(int other) {
        return freeBeside(other, () -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1));
    }

    static int freeBeside(int other, IntSupplier candidates) {
        for (var i = 0; i < TRIES; i++) {
            var port = candidates.getAsInt();
            if (port != other && isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedException(
                "port: none free from %d to %d (expected: a free port on 127.0.0.1)".formatted(LOWEST, HIGHEST));
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(at(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(at(port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
