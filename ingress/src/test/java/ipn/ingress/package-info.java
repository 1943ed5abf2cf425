/** Tests of the ingress over real sockets; those named IT against a real broker. */
package ipn.ingress;
