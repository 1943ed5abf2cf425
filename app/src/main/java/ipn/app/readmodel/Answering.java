package ipn.app.readmodel;

import ipn.app.ClusterId;
import ipn.operations.topic.RecordSource;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * From what a command answers: the read model, if the query stage has everything that was committed before the command began, or else the
 * topics.
 */
public final class Answering {
    /** The stage asks for the ends of the topics twice a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final RecordSource source;
    private final String said;
    private final Optional<RemoteIndex> index;

    private Answering(RecordSource source, String said, Optional<RemoteIndex> index) {
        this.source = source;
        this.said = said;
        this.index = index;
    }

    /** From the topics. */
    public static Answering fromTopics(KafkaSettings kafka, String why) {
        return new Answering(
                RecordSource.topics(kafka, kafka.serdes()), "read from the topics: " + why, Optional.empty());
    }

    /**
     * From the read model, if it is there and new enough.
     *
     * @param maxAge how old it may be when the command begins
     */
    public static Answering choose(KafkaSettings kafka, QueryAddress address, Duration maxAge) {
        if (address.url().isEmpty()) {
            return fromTopics(kafka, "query.url is not set, and no query runs on --data");
        }
        var url = address.url().get();
        try {
            var client = new QueryClient(url, address.token());
            var first = Model.of(client.ask(Model.PATH));
            if (!first.cluster().equals(ClusterId.of(kafka))) {
                return fromTopics(kafka, "query at %s reads another Kafka".formatted(url));
            }
            var needed = first.answeredAt().minus(maxAge);
            var model = await(client, first, needed);
            if (model.asOf().isBefore(needed)) {
                return fromTopics(
                        kafka,
                        "query at %s is %d s behind (--max-age accepts older answers)"
                                .formatted(url, model.age().toSeconds()));
            }
            return fromReadModel(kafka, client, model, first.answeredAt());
        } catch (QueryException e) {
            return fromTopics(kafka, "query at %s %s".formatted(url, e.getMessage()));
        }
    }

    private static Answering fromReadModel(KafkaSettings kafka, QueryClient client, Model model, Instant begunAt) {
        var index = new RemoteIndex(client, model.topics());
        var before = Duration.between(model.asOf(), begunAt).toSeconds();
        return new Answering(
                RecordSource.indexed(kafka, kafka.serdes(), index),
                "answered from the read model, complete as of %s%s"
                        .formatted(
                                model.asOf().truncatedTo(ChronoUnit.MILLIS),
                                before > 0 ? ", %d s before the command".formatted(before) : ""),
                Optional.of(index));
    }

    private static Model await(QueryClient client, Model first, Instant needed) {
        var newest = new AtomicReference<>(first);
        var unused = Polling.upTo(PATIENCE).every(BETWEEN).until(() -> {
            var known = newest.updateAndGet(
                    before -> before.asOf().isBefore(needed) ? Model.of(client.ask(Model.PATH)) : before);
            return !known.asOf().isBefore(needed);
        });
        return Objects.requireNonNull(newest.get());
    }

    /** Where questions read. */
    public RecordSource source() {
        return source;
    }

    /** What was read, in one line; to be asked once the answer is there. */
    public String line() {
        var inFull = index.map(RemoteIndex::readInFull).filter(topics -> !topics.isEmpty());
        return said
                + inFull.map(topics -> "; read in full: " + String.join(", ", topics))
                        .orElse("");
    }
}
