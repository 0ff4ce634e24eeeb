/**
 * The contract of transports: {@link dev.relay.testkit.transport.TransportContract} is the suite
 * that every implementation passes, {@link dev.relay.testkit.transport.HostileTransport} shows what
 * its users have to bear. Needs JUnit, AssertJ and Awaitility on the class path of the tests.
 */
@NullMarked
package dev.relay.testkit.transport;

import org.jspecify.annotations.NullMarked;
