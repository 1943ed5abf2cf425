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
        var mentions = new Mentions(Set.of(), criteria.text().stream().toList());
        var reader = sources.reader();
        var all = reader.all(sources.name(TopicCatalogue.RAW));
        var ranges =
                criteria.since().map(earliest -> reader.since(all, earliest)).orElse(all);
        reader.read(ranges, "searching notifications", sources.progress(), record -> {
            var key = Sources.key(record);
            if (criteria.isOfAccount(key) && mentions.in(record)) {
                var event = new HeaderText(record.headers()).text(Headers.CE_ID, "");
                found.put(key, Instant.ofEpochMilli(record.timestamp()), Optional.of(event));
            }
        });
    }
}
