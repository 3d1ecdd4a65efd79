/**
 * Starting and stopping an application: the hooks of its objects, the order in which they run, and what becomes of one
 * that hangs. Not API: users write {@code @OnStart} and {@code @OnStop} methods.
 *
 * <p>In come the singletons as they are made, and the wish to stop; out go calls of their hooks. Begin with
 * {@link dev.bistro.lifecycle.Lifecycle}, then {@link dev.bistro.lifecycle.ShutdownSteps}.
 */
package dev.bistro.lifecycle;
