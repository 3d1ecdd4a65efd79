/**
 * What users test their applications with: requests that no client sent ({@link dev.bistro.testing.MockRequest}), a
 * client that needs no socket ({@link dev.bistro.testing.TestClient}), a JUnit extension
 * ({@link dev.bistro.testing.BistroTest}), and tests that every application should pass
 * ({@link dev.bistro.testing.HttpManners}). API, for tests alone: JUnit and Mockito are needed only by the parts that
 * name them.
 *
 * <p>In come an application's builder and requests, out go responses with assertions that show the whole exchange.
 * Begin with {@link dev.bistro.testing.TestClient}, {@link dev.bistro.testing.TestRequest} and
 * {@link dev.bistro.testing.TestResponse}, then {@link dev.bistro.testing.BistroTest}.
 */
package dev.bistro.testing;
