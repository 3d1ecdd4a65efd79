/**
 * What an application implements to say whether it can do its work: a check of a database, of a queue, of a service
 * that it depends on. Begin with {@link dev.bistro.health.HealthCheck}.
 */
package dev.bistro.health;
