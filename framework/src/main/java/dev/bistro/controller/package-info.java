/**
 * Makes endpoints of controllers' methods at startup, and calls them at request time. Not API: users write
 * {@code @Route} classes.
 *
 * <p>In come controllers, then requests; out goes a {@link dev.bistro.controller.Dispatcher}, then responses. Begin
 * with {@link dev.bistro.controller.DispatcherFactory}, then {@code ControllerInspector} and {@code EndpointFactory}
 * for a start; and {@link dev.bistro.controller.Dispatcher}, then {@code NegotiatedEndpoints} and {@code Endpoint} for
 * a request.
 */
package dev.bistro.controller;
