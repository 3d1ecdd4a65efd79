package dev.bistro.sample.shop;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.ConstantTime;
import dev.bistro.auth.Login;
import dev.bistro.config.Secret;
import dev.bistro.http.Request;
import java.util.Optional;

/** Who may change products: {@code admin} with the password of the settings, or anybody if there is none. */
@Factory
final class ShopLogins {
    static final String ADMIN = "admin";

    @Bean
    Authenticator admins(ShopConfig config) {
        return config.adminPassword()
                .map(ShopLogins::withPassword)
                .orElseGet(() -> Authenticator.of("None", ShopLogins::anybody));
    }

    private static Authenticator withPassword(Secret password) {
        return Authenticator.basic(
                "Shop",
                (name, given) -> name.equals(ADMIN) && ConstantTime.equal(given, password.reveal())
                        ? Optional.of(Login.of(name, ADMIN))
                        : Optional.empty());
    }

    private static Optional<Login> anybody(Request request) {
        return Optional.of(Login.of("anybody", ADMIN));
    }
}
