package ipn.runtime.streams;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Whether local state on disk is damaged: missing or changed files of RocksDB, which checks what it reads. All of it is in the changelogs too, so a
 * stage deletes it and restores it. A full disk and a folder that another process uses are no damage.
 */
final class DamagedState {
    private DamagedState() {}

    static boolean isIn(@Nullable Throwable thrown) {
        for (var each = thrown; each != null; each = each.getCause()) {
            if (each instanceof RocksDBException failure) {
                return isDamage(failure.getStatus());
            }
        }
        return false;
    }

    private static boolean isDamage(@Nullable Status status) {
        if (status == null) {
            return false;
        }
        return switch (status.getCode()) {
            case Corruption, NotFound, InvalidArgument -> true;
            case IOError -> status.getSubCode() != Status.SubCode.NoSpace && !isLocked(status);
            default -> false;
        };
    }

    private static boolean isLocked(Status status) {
        var state = status.getState();
        return state != null && state.contains("lock");
    }
}
