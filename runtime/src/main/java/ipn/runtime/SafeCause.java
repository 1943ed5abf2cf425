package ipn.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception without its message. Messages can quote what a gateway sent, and that must reach neither a log nor a topic;
 * types and places can. Only messages of Kafka's own errors are kept, because they describe the cluster.
 */
public final class SafeCause {
    private static final int DEPTH_MAX = 10;
    private static final String KAFKA_ERRORS = "org.apache.kafka.common.errors.";

    private SafeCause() {}

    /** Type and place of an exception. */
    public static String describe(Throwable thrown) {
        var type = thrown.getClass().getName();
        if (type.startsWith(KAFKA_ERRORS)) {
            return type + ": " + thrown.getMessage();
        }
        var trace = thrown.getStackTrace();
        return trace.length == 0 ? type : type + " at " + trace[0];
    }

    /** The exception and its causes, each as {@link #describe} has it, outermost first. */
    public static List<String> chain(Throwable thrown) {
        var causes = new ArrayList<String>();
        for (var cause = thrown; cause != null && causes.size() < DEPTH_MAX; cause = cause.getCause()) {
            causes.add(describe(cause));
        }
        return causes;
    }

    /** The same exception for a logger: stack traces of it and its causes, no messages. */
    public static Throwable forLog(Throwable thrown) {
        return new Redacted(thrown, DEPTH_MAX);
    }

    private static final class Redacted extends Exception {
        private static final long serialVersionUID = 1L;

        Redacted(Throwable thrown, int depth) {
            super(describe(thrown), cause(thrown, depth), false, true);
            setStackTrace(thrown.getStackTrace());
        }

        private static @Nullable Throwable cause(Throwable thrown, int depth) {
            var cause = thrown.getCause();
            return cause == null || depth == 1 ? null : new Redacted(cause, depth - 1);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
