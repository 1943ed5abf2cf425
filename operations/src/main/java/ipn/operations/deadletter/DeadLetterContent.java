package ipn.operations.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * What the notification of a dead letter is about, as the gateway's translation reads it with the settings of the caller.
 *
 * @param subject the user that it names
 * @param amount in minor units
 * @param refused why these settings cannot translate it either; null: they can. Nothing else is known then
 */
public record DeadLetterContent(
        @Nullable String subject,
        @Nullable String order,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String refused) {

    static DeadLetterContent refused(String why) {
        return new DeadLetterContent(null, null, null, null, why);
    }
}
