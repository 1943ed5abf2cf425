package ipn.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OperatorTest {
    @Test
    void a_seed_always_leads_to_the_same_work_and_each_work_happens() {
        var works = LongStream.range(0, 100).mapToObj(Operator::ofRound).toList();

        assertThat(LongStream.range(0, 100).mapToObj(Operator::ofRound)).containsExactlyElementsOf(works);
        assertThat(works).contains(Operator.values());
    }

    @Test
    void rounds_that_begin_with_the_same_fault_have_different_works() {
        var faults = Fault.all(new Fault.Setup(false, false, true)).size();

        assertThat(LongStream.range(0, 30).mapToObj(round -> Operator.ofRound(round * faults)))
                .contains(Operator.values());
    }
}
