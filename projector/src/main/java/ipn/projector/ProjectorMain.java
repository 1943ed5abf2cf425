package ipn.projector;

import ipn.projector.catalogue.CatalogueSettings;
import ipn.projector.notification.NotificationPolicy;
import ipn.runtime.process.StageMain;
import ipn.runtime.process.StreamsStart;
import ipn.settings.Settings;
import java.time.Clock;
import java.util.Set;

/** The program of the projector's container. It has no gateways, and reads none of their secrets. */
public final class ProjectorMain {
    /** The projector and what it reads. */
    public static final StageMain STAGE = new StageMain(
            "projector",
            Set.of("products", "policy", "brake", "notifications", "projector"),
            (settings, kafka, data) -> {
                var configuration =
                        StreamsStart.below(data, settings.in("projector"), ProjectorStage.configuration(settings));
                var products = CatalogueSettings.from(settings, live(settings));
                var safeguards = Safeguards.from(settings, kafka.topics().partitions());
                var notifications = NotificationPolicy.from(settings);
                return meters -> StreamsStart.started(
                        "projector",
                        ProjectorStage.start(
                                configuration, products, safeguards, notifications, kafka, meters, Clock.systemUTC()));
            });

    private ProjectorMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }

    /** As the other stages decide it: true if an account is not marked as a test account. */
    static boolean live(Settings settings) {
        var gateways = settings.in("gateways");
        return gateways.names().stream()
                .map(gateways::in)
                .anyMatch(gateway -> gateway.names().stream()
                        .anyMatch(account -> !"test".equals(gateway.in(account).text("mode", ""))));
    }
}
