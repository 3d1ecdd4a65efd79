package dev.bistro.auth.jwt;

import dev.bistro.http.HttpException;
import java.util.List;
import java.util.Optional;

/** Where the keys are that verify tokens. */
@FunctionalInterface
interface KeySource {
    /**
     * The keys that may have signed a token.
     *
     * @param id the key's name that the token gives
     * @throws HttpException 503 if they can't be had at this moment
     */
    List<VerificationKey> find(Optional<String> id);

    /** Gets ready, at startup. */
    default void begin() {}
}
