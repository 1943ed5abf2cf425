package ipn.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static final Fault.Setup ONE_BROKER = new Fault.Setup(false, false, false);

    @Test
    void nothing_happens_to_what_is_not_there() {
        assertThat(Fault.all(ONE_BROKER))
                .extracting(Fault::toString)
                .contains("freeze registry", "kill broker", "slow broker")
                .doesNotContain(
                        "away broker",
                        "few-replicas broker",
                        "roll broker",
                        "swap-build processor",
                        "step-clock machine");
        assertThat(Fault.all(new Fault.Setup(true, true, false)))
                .extracting(Fault::toString)
                .contains("away broker", "few-replicas broker", "roll broker", "swap-build processor")
                .doesNotContain("freeze registry");
    }

    @Test
    void the_clock_steps_where_it_can_be_set_and_one_broker_has_it() {
        assertThat(Fault.all(new Fault.Setup(false, false, true)))
                .extracting(Fault::toString)
                .contains("step-clock machine");
        assertThat(Fault.all(new Fault.Setup(true, false, true)))
                .extracting(Fault::toString)
                .doesNotContain("step-clock machine");
    }

    @Test
    void stages_may_end_that_lack_something_or_replace_their_clients_and_no_others() {
        assertThat(Fault.all(new Fault.Setup(false, true, true)))
                .filteredOn(Fault::mayEndStages)
                .extracting(Fault::toString)
                .containsExactlyInAnyOrder(
                        "slow broker",
                        "step-clock machine",
                        "full-disk processor",
                        "full-disk projector",
                        "small-heap processor",
                        "small-heap projector");
    }

    @Test
    void consecutive_seeds_begin_with_each_fault_once() {
        var all = Fault.all(ONE_BROKER);

        var first = LongStream.range(1_000, 1_000 + all.size())
                .mapToObj(seed -> Fault.ofRound(seed, all).get(0))
                .toList();

        assertThat(first).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void a_seed_always_leads_to_the_same_faults() {
        var rounds = LongStream.range(0, 200)
                .mapToObj(seed -> Fault.ofRound(seed, Fault.all(ONE_BROKER)))
                .toList();

        assertThat(LongStream.range(0, 200).mapToObj(seed -> Fault.ofRound(seed, Fault.all(ONE_BROKER))))
                .containsExactlyElementsOf(rounds);
        assertThat(rounds).extracting(List::size).contains(1, 2, 3).allMatch(size -> size <= 3);
    }

    @Test
    void only_chosen_actions_happen() {
        var kills = Fault.of(List.of(Action.KILL), ONE_BROKER);

        assertThat(kills)
                .extracting(Fault::toString)
                .containsExactly("kill ingress", "kill processor", "kill projector", "kill broker");
    }
}
