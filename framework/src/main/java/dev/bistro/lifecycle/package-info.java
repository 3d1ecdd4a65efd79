/**
 * Starts and stops an application: the hooks of its objects, their order, and what happens to one that hangs. Not API:
 * users write {@code @OnStart} and {@code @OnStop} methods.
 *
 * <p>In come the singletons as they are made, and the call to stop; out go calls of their hooks. Begin with
 * {@link dev.bistro.lifecycle.Lifecycle}, then {@link dev.bistro.lifecycle.Hook} and
 * {@link dev.bistro.lifecycle.ShutdownSteps}.
 */
package dev.bistro.lifecycle;
