/**
 * Requests to gateways: a bounded HTTP client, and a bounded cache for fetched values such as signature keys. Independent of any
 * gateway; the code of each gateway defines the allowed hosts.
 */
@NullMarked
package ipn.http;

import org.jspecify.annotations.NullMarked;
