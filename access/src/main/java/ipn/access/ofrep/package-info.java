/** OpenFeature Remote Evaluation Protocol, so that OpenFeature's SDKs ask for access: https://openfeature.dev/docs/reference/other-technologies/ofrep. */
@NullMarked
package ipn.access.ofrep;

import org.jspecify.annotations.NullMarked;
