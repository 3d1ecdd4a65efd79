/**
 * Knows the methods of users that are called for a request, be they of controllers, filters, exception handlers or
 * WebSockets: which annotations they have, on which thread they run, and how they are called. Not API.
 *
 * <p>In comes a method of a user's class; out goes an {@link dev.bistro.handler.Invoker} that calls it. Begin with
 * that, then {@link dev.bistro.handler.Verbs}, and {@link dev.bistro.handler.HandlerAudit} for what can be wrong with a
 * method.
 */
package dev.bistro.handler;
