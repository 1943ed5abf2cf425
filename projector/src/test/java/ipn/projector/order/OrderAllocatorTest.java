package ipn.projector.order;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.OrderAllocation;
import ipn.projector.RandomRecords;
import org.junit.jupiter.api.Test;

class OrderAllocatorTest {
    @Test
    void a_copy_has_every_field() {
        assertThat(RandomRecords.<OrderAllocation>of(OrderAllocation.getClassSchema(), 30))
                .hasSize(30)
                .allSatisfy(allocation ->
                        assertThat(OrderAllocator.copy(allocation).build()).isEqualTo(allocation));
    }
}
