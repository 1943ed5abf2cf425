package ipn.bench.pipeline;

import java.util.List;

/**
 * The groups under which a report counts topics: each topic of the pipeline is one, all changelogs of an application are one, and so are its repartition
 * topics.
 *
 * @param applications ids of Streams applications
 */
record TopicGroups(List<String> applications) {
    String group(String topic) {
        for (var application : applications) {
            if (topic.startsWith(application + "-")) {
                return application + (topic.endsWith("-changelog") ? " changelogs" : " other internal topics");
            }
        }
        return topic;
    }
}
