package ipn.runtime.process;

import ipn.runtime.streams.StreamsStage;
import java.util.concurrent.CompletableFuture;

/** Completes a future when a stage has ended by itself. */
public final class Ends {
    private Ends() {}

    /** Completes with a message when the stage ends, for any reason. */
    public static CompletableFuture<String> of(String name, StreamsStage stage) {
        var ended = new CompletableFuture<String>();
        var thread = new Thread(
                () -> {
                    try {
                        stage.awaitEnd();
                        ended.complete("the " + name + " stopped; see the log for the cause");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "end-of-" + name);
        thread.setDaemon(true);
        thread.start();
        return ended;
    }
}
