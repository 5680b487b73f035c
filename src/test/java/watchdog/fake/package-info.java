/**
 * A Docker engine that exists only in the test's process: what a real one answers, and what it won't do on demand.
 *
 * <p>Wire format, messages and event order were recorded from Docker 20.10.24; the docker client is its judge in
 * {@code FakeEngineTest}.
 */
package watchdog.fake;
