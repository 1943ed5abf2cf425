package ipn.bench.alerts;

import ipn.gateway.content.Bytes;
import ipn.simulator.Draft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A gateway sends a field that is new. */
final class Drift implements AlertFault {
    private static final int CALLS = 240;

    @Override
    public Known known() {
        return new Known(
                "drift",
                "square adds a field to its notifications, one a second for four minutes",
                Set.of("IpnDrift"),
                Set.of(),
                "drift.md");
    }

    @Override
    public void plant(Scene scene) {
        var purchases = scene.purchases();
        // of a frequent event type the processor compares a sample
        scene.load()
                .send(
                        1,
                        IntStream.range(0, CALLS)
                                .mapToObj(i -> purchases.changed("square", Drift::withField))
                                .toList());
    }

    private static Draft withField(Draft draft) {
        var body = new String(draft.body().array(), StandardCharsets.UTF_8);
        return draft.withBody(Bytes.utf8(body.replaceFirst("\\{", "{\"added_by_release\":\"2026-12\",")));
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(
                new Owner("square", "the field is new, and names our release; it says nothing about payments"));
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        scene.transcript().ipn("gateways", "drift");
    }
}
