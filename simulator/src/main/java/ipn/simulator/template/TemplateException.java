package ipn.simulator.template;

/** A template that cannot be read or filled: a mistake in the template or in the simulator that uses it. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message);
    }
}
