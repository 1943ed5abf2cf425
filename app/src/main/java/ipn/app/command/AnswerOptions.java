package ipn.app.command;

import ipn.app.readmodel.Answering;
import ipn.operations.topic.RecordSource;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From what a question is answered. */
public final class AnswerOptions {
    @Option(
            names = "--from-topics",
            description = "Read the topics from their start, even if the query stage could say where the records are.")
    private boolean fromTopics;

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            description =
                    "Ask the query stage although its tables are up to so old, such as PT1M. Default: only if they have all that was committed before the command began; else the topics are read.")
    @Nullable
    private String maxAge;

    /** Answers a question, and prints from what to standard error. */
    public <T> T answer(Session session, KafkaSettings kafka, Function<RecordSource, T> question) {
        var answering = fromTopics
                ? Answering.fromTopics(kafka, "--from-topics")
                : Answering.choose(
                        kafka, session.queryAddress(), maxAge == null ? Duration.ZERO : Duration.parse(maxAge));
        var answer = question.apply(answering.source());
        session.terminal().printErr(answering.line());
        return answer;
    }
}
