package ipn.access;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import ipn.access.http.Problem;
import ipn.access.http.ReadAudit;
import ipn.access.http.Requests;
import ipn.runtime.caller.Caller;
import ipn.runtime.caller.CallerGate;
import ipn.runtime.caller.RefusedException;
import ipn.runtime.caller.Role;
import java.util.Set;

/** Lets a request pass whose sender may ask, and notes who got an answer. */
record CallerHandler(CallerGate gate, ReadAudit audit) implements Handler<RoutingContext> {
    private static final String ORDERS = "/v1/orders/";

    @Override
    public void handle(RoutingContext context) {
        context.request().pause(); // its body is read later
        gate.admit(context.request(), needed(context)).onComplete((caller, refused) -> {
            context.request().resume();
            if (caller != null) {
                admit(context, caller);
            } else if (refused instanceof RefusedException expected) {
                refuse(context, expected);
            } else {
                context.fail(refused);
            }
        });
    }

    private static Set<Role> needed(RoutingContext context) {
        return context.normalizedPath().startsWith(ORDERS) ? Role.ORDERS : Role.ACCESS;
    }

    private void admit(RoutingContext context, Caller caller) {
        Requests.setCaller(context, caller);
        context.addEndHandler(ended -> audit.note(
                caller, Requests.route(context), context.response().getStatusCode(), Requests.rows(context)));
        context.next();
    }

    private static void refuse(RoutingContext context, RefusedException refused) {
        var refusal = refused.refusal();
        if (refusal.status() == 401) {
            context.response().putHeader("www-authenticate", "Bearer");
        }
        new Problem(refusal.status(), refusal.name(), refusal.detail()).send(context);
    }
}
