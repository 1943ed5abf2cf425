package ipn.bench.alerts;

import ipn.simulator.Fault;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** All notifications of an account have a format that is not understood. */
final class OutagePattern implements AlertFault {
    private static final int CALLS = 130;
    private static final int PER_SECOND = 10;

    @Override
    public Known known() {
        return new Known(
                "outage-pattern",
                "coinbase sends 130 authentic notifications with a body that is cut off, and nothing else",
                Set.of("IpnOutage"),
                Set.of("IpnDeadLetters", "IpnManyDeadLetters"),
                "dead-letters.md");
    }

    @Override
    public void plant(Scene scene) {
        var purchases = scene.purchases();
        scene.load()
                .send(
                        PER_SECOND,
                        IntStream.range(0, CALLS)
                                .mapToObj(i -> purchases.purchase(Purchases.ODD, Fault.MALFORMED))
                                .toList());
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(
                new Owner(
                        Purchases.ODD,
                        "a proxy of ours cut off the bodies of some notifications; since it is mended we have sent all of them again, whole"));
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        scene.transcript().did("the gateway sends the known format again");
        new OpenDeadLetters(scene).discard("sent again in the known format");
    }
}
