package ipn.app;

import ipn.projector.ProjectorStage;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSchema;
import java.util.ArrayList;
import java.util.List;

/** Every schema that this build writes. */
public final class BuildSchemas {
    private BuildSchemas() {}

    /** Those of the catalogue, and those of the projector's changelogs; the other stages keep bytes. */
    public static List<TopicSchema> of(TopicCatalogue topics, String projectorId) {
        var all = new ArrayList<>(TopicSchema.allOf(topics));
        all.addAll(ProjectorStage.changelogs(projectorId));
        return all;
    }
}
