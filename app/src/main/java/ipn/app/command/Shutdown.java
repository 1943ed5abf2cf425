package ipn.app.command;

import ipn.app.output.Terminal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends what runs when the JVM is told to: by Ctrl-C, by a signal, by an exit. */
final class Shutdown {
    private Shutdown() {}

    /** Closes once, at the end of the JVM at the latest; says so when a signal is the reason. */
    static void closeAtEnd(AutoCloseable running, Terminal terminal) {
        var closed = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (closed.compareAndSet(false, true)) {
                                close(running, terminal);
                            }
                        },
                        "stop"));
    }

    /** Blocks until the reason is there; a signal ends the JVM before. */
    static String await(CompletableFuture<String> ended) {
        try {
            return ended.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static void close(AutoCloseable running, Terminal terminal) {
        try {
            running.close();
        } catch (Exception e) {
            terminal.complain("ipn: did not stop in order: " + e);
        }
    }
}
