package ipn.conformance;

import ipn.conformance.EvidenceCollector.Case;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down what a run of tests has shown of each gateway. Only of gateways of which everything was run: part of the tests
 * proves part of what they could.
 */
public final class EvidenceListener implements TestExecutionListener {
    private final EvidenceCollector collector = new EvidenceCollector();
    private final Map<String, String> gateways = new HashMap<>();
    private boolean began;
    private boolean broken;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .forEach(test -> method(test).map(Proving::nameOf).ifPresent(this::planned));
    }

    private void planned(String test) {
        // The check that follows a run is a run of its own, and reads what this one leaves.
        if (!began && !test.startsWith(ConformanceIsCurrentTest.class.getName() + "#")) {
            began = true;
            FreshReports.clear();
        }
        collector.plan(test);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        Optional.ofNullable(entry.getKeyValuePairs().get(SaysWhichGateway.GATEWAY))
                .ifPresent(gateway -> gateways.put(test.getUniqueId(), gateway));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isContainer()) {
            broken |= result.getStatus() != Status.SUCCESSFUL;
        } else if (result.getStatus() != Status.ABORTED) {
            method(test).ifPresent(method -> ended(test, method, result.getStatus() == Status.SUCCESSFUL));
        }
    }

    private void ended(TestIdentifier test, Method method, boolean passed) {
        var gateway = Optional.ofNullable(gateways.get(test.getUniqueId()))
                .or(() -> Proving.gatewayOf(method.getDeclaringClass()));
        var proof = Proving.proofOf(method);
        if (gateway.isPresent() && proof.isPresent()) {
            var oracles = Proving.oraclesOf(method).toList();
            collector.ended(test.getUniqueId(), new Case(gateway.get(), proof.get(), oracles, passed));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (!began || broken) {
            return;
        }
        var missing = new TreeSet<String>();
        for (var gateway : GatewayContract.gateways()) {
            var left = collector.missing(Proving.expectedOf(gateway));
            missing.addAll(left);
            if (left.isEmpty()) {
                FreshReports.keep(collector.of(gateway.name(), OracleVersion::of));
            }
        }
        if (!missing.isEmpty()) {
            FreshReports.keepMissing(missing);
        }
    }

    private static Optional<Method> method(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod());
    }
}
