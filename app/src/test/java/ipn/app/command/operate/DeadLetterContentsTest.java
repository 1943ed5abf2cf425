package ipn.app.command.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.deadletter.DeadLetterContent;
import ipn.operations.deadletter.RedriveResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a replay or its dry run lists. */
class DeadLetterContentsTest {
    private static final DeadLetterContents CONTENTS = new DeadLetterContents(Map.of(
            "d_1", new DeadLetterContent("u_1", "o_1", 900L, "EUR", null),
            "d_2", new DeadLetterContent(null, null, null, null, "WRONG_RECEIVER")));

    private static RedriveResult would(long done, List<String> ids) {
        return new RedriveResult("r", true, done, 0, ids, List.of(), 0, Optional.empty(), Optional.empty());
    }

    @Test
    void each_dead_letter_is_listed_with_what_it_is_about() {
        assertThat(RedriveReport.examples(would(3, List.of("d_1", "d_2", "d_3")), CONTENTS))
                .containsExactly(
                        "  d_1: user u_1, order o_1, 9.00 EUR",
                        "  d_2: not translated with these settings: WRONG_RECEIVER",
                        "  d_3");
    }

    @Test
    void all_are_listed_or_their_number_is_given() {
        var ids = IntStream.range(0, 100).mapToObj(i -> "d-" + i).toList();
        assertThat(RedriveReport.examples(would(100, ids), CONTENTS)).hasSize(100);
        assertThat(RedriveReport.examples(would(107, ids), CONTENTS))
                .hasSize(101)
                .last()
                .asString()
                .isEqualTo("  ... 7 more: ipn dlq list lists all, with --limit 107 and the same options");
    }
}
