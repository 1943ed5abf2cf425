package ipn.projector.notification;

import ipn.avro.NotificationCommand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ids of notifications emitted, newest last. Those about claims that are still kept stay; of the others, the newest.
 *
 * @param ids each once
 */
record SentNotifications(List<String> ids) {
    static final int OTHERS_MAX = 64;

    boolean contains(String id) {
        return ids.contains(id);
    }

    /**
     * With those emitted now.
     *
     * @param kept ids that stay, however many others there are
     */
    List<String> with(List<NotificationCommand> commands, Set<String> kept) {
        var all = Stream.concat(
                        ids.stream(),
                        commands.stream()
                                .map(NotificationCommand::getNotificationId)
                                .sorted())
                .toList();
        var others = all.stream().filter(id -> !kept.contains(id)).toList();
        var forgotten = new HashSet<>(others.subList(0, Math.max(0, others.size() - OTHERS_MAX)));
        return all.stream().filter(id -> !forgotten.contains(id)).toList();
    }
}
