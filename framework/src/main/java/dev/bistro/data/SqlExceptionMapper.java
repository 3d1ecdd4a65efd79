package dev.bistro.data;

import dev.bistro.http.HttpException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Says what a client is told of an {@code SQLException} that nobody caught, before Bistro's own table is asked. An
 * application has one by a class of its own, or by a {@code @Bean} method:
 *
 * <pre>{@code
 * final class StockFaults implements SqlExceptionMapper {
 *     @Override
 *     public Optional<HttpException> map(SQLException fault) {
 *         return "STOCK".equals(fault.getSQLState())
 *                 ? Optional.of(new ConflictException("There is not enough of it"))
 *                 : Optional.empty();
 *     }
 * }
 * }</pre>
 *
 * <p>Without one, 409 is the answer where a value must be unique or a row is still referred to; 422 to values that the
 * database refuses; 503 with {@code Retry-After} where no connection was free, a transaction was cancelled because of
 * another one, a statement took too long, or the database can't be reached; anything else is a 500. The exception is in
 * the log; its text is never shown. An {@code @ExceptionHandler} for the exception that was thrown comes before all.
 */
@FunctionalInterface
public interface SqlExceptionMapper {
    /**
     * The answer to a fault, or empty to leave it to the next one.
     *
     * @param fault the first exception of JDBC among what was thrown and its causes
     */
    Optional<HttpException> map(SQLException fault);
}
