package ipn.conformance.evidence;

import ipn.conformance.GatewayUnderTest;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Publishes the gateway of a contract test as a report entry. */
public final class ReportsGateway implements InvocationInterceptor {
    static final String GATEWAY = "ipn.conformance.gateway";

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        call.getArguments().stream()
                .filter(GatewayUnderTest.class::isInstance)
                .findFirst()
                .ifPresent(gateway -> context.publishReportEntry(GATEWAY, ((GatewayUnderTest) gateway).name()));
        invocation.proceed();
    }
}
