/** Counts what the tests of a build show of each gateway. */
package ipn.conformance.evidence;
