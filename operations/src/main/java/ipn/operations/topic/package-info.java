/**
 * Topics: creating and comparing them with the catalogue, reading them without a consumer group, writing batches in
 * transactions.
 */
@NullMarked
package ipn.operations.topic;

import org.jspecify.annotations.NullMarked;
