package ipn.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The daemon threads of a client; they end when idle. Each client has its own, so that an unresponsive name server of one
 * gateway does not block requests to other gateways.
 */
final class Workers {
    private static final int THREADS_MAX = 4;
    private static final long IDLE_SECONDS = 10;

    private Workers() {}

    /**
     * The queue is bounded by the requests in flight, plus the timed-out requests whose name resolution still blocks.
     *
     * @param name of the host, part of the thread names
     */
    static Executor create(String name) {
        var workers = new ThreadPoolExecutor(
                THREADS_MAX, THREADS_MAX, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var thread = new Thread(work, "ipn-http " + name);
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
