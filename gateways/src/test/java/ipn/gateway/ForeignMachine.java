package ipn.gateway;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import java.util.ServiceLoader;

/** Judges and reads every sample in a JVM of its own, to see what its charset and language spoil. Exit code 0: nothing. */
final class ForeignMachine {
    private ForeignMachine() {}

    /** Ends the JVM either way: servers that stand in for gateways may still be running. */
    public static void main(String[] args) {
        try {
            for (var gateway : ServiceLoader.load(GatewayUnderTest.class)) {
                if (gateway instanceof GatewayUnderTest.Signing) {
                    gateway.samples().stream().filter(Sample::isSent).forEach(sample -> check(gateway, sample));
                }
            }
            System.exit(0);
        } catch (AssertionError | RuntimeException e) {
            System.out.println(e);
            System.exit(1);
        }
    }

    private static void check(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var verdict = account.authenticate(sample.delivery(), GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .join();
        var item = account.identify(sample.delivery()).get(0);
        var translation = account.translate(sample.delivery(), item);
        var again = gateway.authentic(gateway.content(sample.delivery()), GatewayUnderTest.SIGNED_AT);
        var signedAlike = gateway.proofHeaders().stream()
                .allMatch(name -> name.endsWith("-id")
                        || again.header(name).equals(sample.delivery().header(name)));
        var refused = !sample.expected().isEmpty() && translation instanceof Translation.Refused;
        if (!(verdict instanceof Verdict.Genuine) || refused) {
            throw new AssertionError(sample.name() + ": " + verdict + ", " + translation);
        }
        System.out.println(sample.name() + (signedAlike ? " signed alike" : ""));
    }
}
