package ipn.access.http;

import io.vertx.ext.web.RoutingContext;
import ipn.runtime.caller.Caller;
import java.util.Optional;

/** What is known about a request on its way through the routes. */
public final class Requests {
    private static final String CALLER = "ipn.caller";
    private static final String ROWS = "ipn.rows";

    private Requests() {}

    /** Who asks; empty before that is known. */
    public static Optional<Caller> caller(RoutingContext context) {
        return Optional.<Caller>ofNullable(context.get(CALLER));
    }

    /** From now on it is known who asks. */
    public static void setCaller(RoutingContext context, Caller caller) {
        context.put(CALLER, caller);
    }

    /** How many decisions about access the answer shows. */
    public static int rows(RoutingContext context) {
        return Optional.<Integer>ofNullable(context.get(ROWS)).orElse(0);
    }

    /** @param rows decisions about access that the answer shows */
    public static void setRows(RoutingContext context, int rows) {
        context.put(ROWS, rows);
    }

    /** Path of the question without its id. */
    public static String route(RoutingContext context) {
        return Optional.ofNullable(context.currentRoute())
                .map(route -> route.getPath())
                .filter(path -> path.length() > 1)
                .orElse("other");
    }
}
