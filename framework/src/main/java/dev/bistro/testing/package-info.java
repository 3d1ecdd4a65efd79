/**
 * What applications are tested with: requests that no client sent ({@link dev.bistro.testing.MockRequest}), a client that needs no socket
 * ({@link dev.bistro.testing.TestClient}), a JUnit extension ({@link dev.bistro.testing.BistroTest}), and tests of manners that every application
 * should have ({@link dev.bistro.testing.HttpManners}). API, for tests alone: JUnit and Mockito are needed by those parts that name them.
 */
package dev.bistro.testing;
