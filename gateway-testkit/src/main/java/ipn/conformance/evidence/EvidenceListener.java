package ipn.conformance.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.conformance.evidence.EvidenceCollector.Case;
import ipn.evidence.Evidence;
import ipn.evidence.EvidenceJson;
import ipn.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the test results of each gateway in a run of all tests, and writes them to the folder of the gateway's class file, so
 * that the build packs them into the jar. A run limited by {@code -Dtest} or {@code -Dgateway} is incomplete and writes nothing.
 */
public final class EvidenceListener implements TestExecutionListener {
    private final EvidenceCollector collector = new EvidenceCollector();
    private final Map<String, String> gateways = new HashMap<>();

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        Optional.ofNullable(entry.getKeyValuePairs().get(ReportsGateway.GATEWAY))
                .ifPresent(gateway -> gateways.put(test.getUniqueId(), gateway));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() && result.getStatus() != Status.ABORTED) {
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
        if ((System.getProperty("gateway", "") + System.getProperty("test", "")).isEmpty()) {
            Gateways.all().forEach(this::write);
        }
    }

    private void write(Gateway gateway) {
        var evidence = collector.of(gateway.name(), OracleVersion::of);
        if (evidence.proofs().isEmpty()) {
            return;
        }
        var type = gateway.getClass();
        try {
            var classes = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(classes)) { // this build cannot write to the jar of another project
                var folder = classes.resolve(type.getPackageName().replace('.', '/'));
                Files.writeString(folder.resolve(Evidence.resource(gateway)), EvidenceJson.write(evidence), UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Method> method(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod());
    }
}
