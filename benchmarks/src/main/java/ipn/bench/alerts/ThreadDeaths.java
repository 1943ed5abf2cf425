package ipn.bench.alerts;

import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** A topic takes no records any more that are larger than a few bytes, so that each thread of the processor fails that writes one. */
final class ThreadDeaths implements AlertFault {
    @Override
    public Known known() {
        return new Known(
                "thread-death-loop",
                "`max.message.bytes` of `ipn.outcomes` is set to 100: each thread of the processor that writes fails",
                Set.of("IpnThreadFailures"),
                Set.of(
                        "IpnCanaryFails",
                        "IpnCanaryLoses",
                        "IpnCanarySlow",
                        "IpnStageNotRunning",
                        "IpnStageMissing",
                        "IpnStageStalled",
                        "IpnKafkaSendErrors",
                        "IpnRecordsOld",
                        "IpnEntitlementsLate",
                        "IpnEntitlementsOftenLate"),
                "thread-failures.md");
    }

    @Override
    public void plant(Scene scene) throws InterruptedException, ExecutionException {
        var kafka = scene.stages().settings().kafka();
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, kafka.topics().name(TopicCatalogue.OUTCOMES));
        var smaller = new AlterConfigOp(new ConfigEntry("max.message.bytes", "100"), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(kafka.client())) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(smaller))).all().get();
        }
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        scene.transcript().ipn("topics", "check");
        scene.transcript().ipn("topics", "apply");
        if (!scene.stages().processor().alive()) {
            scene.stages().processor().startAgain();
            scene.transcript().did("the processor, which had ended, is started again");
        }
    }
}
