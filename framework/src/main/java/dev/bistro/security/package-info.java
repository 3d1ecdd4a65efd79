/**
 * Keeps pages of other origins from what isn't theirs, and lets those in that are allowed: CSRF, CORS, and header
 * fields that make browsers careful. Not API: users write {@link dev.bistro.annotation.CrossOrigin} and set
 * {@code security.…}.
 *
 * <p>In comes the application with what is declared for its routes; out goes the application that refuses forged
 * requests, answers preflights, and adds header fields to all answers. Begin with
 * {@link dev.bistro.security.GuardedApplication}, then {@link dev.bistro.security.CrossSiteRule},
 * {@link dev.bistro.security.CorsPolicies} and {@link dev.bistro.security.Preflight}. What an origin is, is in
 * {@link dev.bistro.security.AllowedOrigins} alone.
 */
package dev.bistro.security;
