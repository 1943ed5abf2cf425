package ipn.ingress;

import ipn.runtime.process.Closing;
import ipn.runtime.process.StageMain;
import ipn.runtime.process.StageProcess.Started;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The program of the ingress's container. */
public final class IngressMain {
    /** The ingress and what it reads. */
    public static final StageMain STAGE = new StageMain(
            "ingress", Set.of("gateways", "references", "seal", "traces", "ingress"), (settings, kafka, data) -> {
                var ingress = IngressSettings.from(settings);
                return meters -> {
                    var parts = new Closing();
                    var traces = parts.add("traces", ingress.startTraces(meters));
                    var server = ingress.start(kafka, meters, traces);
                    parts.add("ingress", server);
                    parts.add("watch of the settings", ingress.watch(server, meters));
                    return new Started(parts, server::ready, new CompletableFuture<>());
                };
            });

    private IngressMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}
