/** The contract that every gateway passes, and what its tests need. */
package ipn.conformance;
