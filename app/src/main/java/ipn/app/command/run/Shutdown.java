package ipn.app.command.run;

import ipn.app.output.Terminal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** Ends what runs when the JVM is told to: by Ctrl-C, by a signal, by an exit. */
final class Shutdown {
    private static volatile boolean stopping;

    private Shutdown() {}

    /** Closes at the end of the JVM. */
    static void closeAtEnd(AutoCloseable running, Terminal terminal) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping = true;
                            close(running, terminal);
                        },
                        "stop"));
    }

    /** Blocks until the reason is there; a signal ends the JVM before. */
    static String await(CompletableFuture<String> ended) {
        try {
            var reason = ended.get();
            if (stopping) {
                // parts end because they are told to; the JVM ends when the last has
                new CountDownLatch(1).await();
            }
            return reason;
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
