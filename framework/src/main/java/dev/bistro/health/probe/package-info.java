/**
 * Not API: whether the application is alive and ready, as load balancers and orchestrators ask for it. In come the
 * checks of the application and what the server knows of itself; out goes an answer of 200 or 503.
 *
 * <pre>
 *   GET /health/ready ─▶ HealthPages ─▶ Readiness: does it start or stop?
 *                                  └──▶ HealthChecks: one run for all who ask within a second
 *                                         └──▶ CheckRunner, one for each check: a thread, a deadline, the log
 * </pre>
 *
 * <p>Begin with {@link dev.bistro.health.probe.HealthPages}.
 */
package dev.bistro.health.probe;
