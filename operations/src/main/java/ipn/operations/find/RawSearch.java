package ipn.operations.find;

import ipn.operations.deadletter.Mentions;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.topic.HeaderText;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Searches the notifications as the gateways sent them, for ids that are no fact, such as a charge beside its payment intent. */
record RawSearch(Sources sources, Criteria criteria) {
    /** Puts the event of the newest notification that contains the text, by payment key. */
    void run(Newest<String> found) {
        var mentions = new Mentions(Set.of(), criteria.id().stream().toList());
        var raw = sources.all(TopicCatalogue.RAW);
        sources.reader().readWhole(raw, criteria.since(), "searching notifications", sources.progress(), record -> {
            var key = Sources.key(record);
            if (criteria.isOfAccount(key) && mentions.in(record)) {
                var event = new HeaderText(record.headers()).text(Headers.CE_ID, "");
                found.put(key, Instant.ofEpochMilli(record.timestamp()), Optional.of(event));
            }
        });
    }
}
