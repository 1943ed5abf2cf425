package ipn.streams;

import java.util.ArrayList;
import java.util.List;

/** Tells of an exception what may stand in a log: types and places. Messages only where Kafka itself speaks of its cluster. */
final class Causes {
    private static final int DEPTH_MAX = 10;

    private Causes() {}

    static List<String> of(Throwable thrown) {
        var causes = new ArrayList<String>();
        for (var cause = thrown; cause != null && causes.size() < DEPTH_MAX; cause = cause.getCause()) {
            causes.add(shown(cause));
        }
        return causes;
    }

    private static String shown(Throwable cause) {
        var type = cause.getClass().getName();
        if (type.startsWith("org.apache.kafka.common.errors.")) {
            return type + ": " + cause.getMessage();
        }
        var trace = cause.getStackTrace();
        return trace.length == 0 ? type : type + " at " + trace[0];
    }
}
