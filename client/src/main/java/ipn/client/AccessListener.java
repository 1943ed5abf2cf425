package ipn.client;

/** Receives decisions as they arrive. It must return quickly, because all later decisions wait for it. */
@FunctionalInterface
public interface AccessListener {
    /** A decision has changed, is new, or was deleted. */
    void changed(AccessChange change);
}
