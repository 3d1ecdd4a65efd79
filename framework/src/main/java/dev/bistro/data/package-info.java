/**
 * What users need of databases. API. {@code @Transactional} is with the other annotations.
 *
 * <p>Begin with {@link dev.bistro.data.Transactions}, then {@link dev.bistro.data.SqlExceptionMapper}.
 */
package dev.bistro.data;
