package ipn.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A client's own threads: daemons, few, none while there is nothing to do. Each client has its own, so that a name server that
 * does not answer for one gateway keeps no other from being asked.
 */
final class Workers {
    private static final int THREADS_MAX = 4;
    private static final long IDLE_SECONDS = 10;

    private Workers() {}

    /**
     * What waits is bounded: by the requests in flight, and by those given up for as long as a name server says nothing.
     *
     * @param name of those to ask, for who reads a thread dump
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
