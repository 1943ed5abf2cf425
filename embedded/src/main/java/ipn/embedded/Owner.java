package ipn.embedded;

import java.io.IOException;

/**
 * The process that started this JVM. It holds the other end of standard input and never writes to it, so the end of input means that
 * it ended, even if it was killed.
 */
public final class Owner {
    private Owner() {}

    /** Halts this JVM when its owner ends, so that a killed build leaves no process behind. */
    public static void haltWithIt() {
        var watch = new Thread(
                () -> {
                    awaitEnd();
                    Runtime.getRuntime().halt(1);
                },
                "owner");
        watch.setDaemon(true);
        watch.start();
    }

    /** Returns when the owner has ended. */
    static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // nothing is expected
            }
        } catch (IOException e) {
            // counts as the end of input
        }
    }
}
