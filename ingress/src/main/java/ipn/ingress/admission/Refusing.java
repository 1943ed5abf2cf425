package ipn.ingress.admission;

/** Who is refused at the moment. */
public enum Refusing {
    NOBODY,
    /** Clients that have not sent an authentic delivery lately. */
    STRANGERS,
    EVERYBODY;

    /** @param proven whether the client sent an authentic delivery lately */
    public boolean refuses(boolean proven) {
        return this == EVERYBODY || this == STRANGERS && !proven;
    }

    Refusing or(Refusing other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
