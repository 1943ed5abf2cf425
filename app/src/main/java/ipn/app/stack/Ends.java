package ipn.app.stack;

import ipn.runtime.streams.StreamsStage;
import java.util.concurrent.CompletableFuture;

/** Tells when a stage has ended by itself. */
public final class Ends {
    private Ends() {}

    /** Completed with the reason when the stage ends, for whatever reason. */
    public static CompletableFuture<String> of(String name, StreamsStage stage) {
        var ended = new CompletableFuture<String>();
        var thread = new Thread(
                () -> {
                    try {
                        stage.awaitEnd();
                        ended.complete("the " + name + " gave up");
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
