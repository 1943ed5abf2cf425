/** For tests of services that ask for access: {@link ipn.client.testkit.FakeAccess} answers what the test says. */
@NullMarked
package ipn.client.testkit;

import org.jspecify.annotations.NullMarked;
