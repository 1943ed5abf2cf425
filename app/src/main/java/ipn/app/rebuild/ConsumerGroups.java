package ipn.app.rebuild;

import ipn.operations.KafkaFutures;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** Deletes consumer groups of stages. Their members keep their places when they end, so these are removed first. */
final class ConsumerGroups {
    private ConsumerGroups() {}

    /** @return false if a member has joined it again */
    static boolean delete(Admin admin, String group) {
        try {
            KafkaFutures.get(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all());
            KafkaFutures.get(admin.deleteConsumerGroups(List.of(group)).all());
            return true;
        } catch (GroupNotEmptyException e) {
            return false;
        } catch (KafkaException e) {
            if (isMissing(e)) {
                return true;
            }
            throw e;
        }
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof GroupIdNotFoundException
                || failure.getCause() != null && isMissing(failure.getCause());
    }
}
