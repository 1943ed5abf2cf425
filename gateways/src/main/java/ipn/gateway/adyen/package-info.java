/** Adyen: standard webhooks, each item signed over eight of its fields, and the families that sign the whole body. */
@NullMarked
package ipn.gateway.adyen;

import org.jspecify.annotations.NullMarked;
