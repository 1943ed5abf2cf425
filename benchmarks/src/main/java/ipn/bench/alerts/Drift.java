package ipn.bench.alerts;

import ipn.gateway.content.Bytes;
import ipn.simulator.Draft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A gateway sends a field that is new. */
final class Drift implements AlertFault {
    @Override
    public Known known() {
        return new Known("drift", "square adds a field to its notifications", Set.of("IpnDrift"), Set.of(), "drift.md");
    }

    @Override
    public void plant(Scene scene) {
        scene.load().send(1, List.of(scene.purchases().changed("square", Drift::withField)));
    }

    private static Draft withField(Draft draft) {
        var body = new String(draft.body().array(), StandardCharsets.UTF_8);
        return draft.withBody(Bytes.utf8(body.replaceFirst("\\{", "{\"added_by_release\":\"2026-12\",")));
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        scene.transcript().ipn("gateways", "drift");
    }
}
