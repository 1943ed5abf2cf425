package ipn.app.rebuild;

import ipn.processor.ProcessorSettings;
import ipn.projector.ProjectorSettings;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.history.CatalogueTopic;
import ipn.projector.history.CatalogueVersions;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What is run again, and by which rules.
 *
 * @param live whose inputs are copied; nothing is written to its topics
 * @param topics where the results go
 * @param catalogues that judge
 * @param build names the settings and the build, so that one rebuild is not continued by another
 * @param data folder of the state of the stages
 * @param from where raw records begin; empty: with the first that there is
 */
public record RebuildPlan(
        KafkaSettings live,
        RebuildTopics topics,
        ProcessorSettings processor,
        ProjectorSettings projector,
        CatalogueHistory catalogues,
        String build,
        Path data,
        Optional<Instant> from) {

    /**
     * Reads the settings of the stages.
     *
     * @param prefix of the topics to write
     * @throws ipn.settings.SettingsException with every problem
     */
    public static RebuildPlan of(
            KafkaSettings live, String prefix, Settings settings, String build, Path data, Optional<Instant> from) {
        var topics = new RebuildTopics(live, prefix);
        var folder = data.resolve("rebuild").resolve(prefix.replaceAll("[^A-Za-z0-9_-]", "_"));
        var processor = ProcessorSettings.from(settings, folder);
        var projector = ProjectorSettings.from(settings, live.topics().partitions(), folder);
        settings.problems().throwIfAny();
        var versions = new CatalogueTopic(live).read();
        return new RebuildPlan(live, topics, processor, projector, judging(versions, projector), build, folder, from);
    }

    /**
     * Settings in force judge as the projector does: everything by the version of its time. Other settings judge all of history, as if they had always
     * been in force: what they would change is the question.
     */
    static CatalogueHistory judging(CatalogueVersions versions, ProjectorSettings projector) {
        return versions.history()
                .filter(history -> versions.endsWith(projector.products()))
                .orElseGet(() -> CatalogueHistory.always(projector.products()));
    }
}
