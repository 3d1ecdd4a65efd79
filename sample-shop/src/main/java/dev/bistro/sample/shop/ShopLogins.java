package dev.bistro.sample.shop;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.ConstantTime;
import dev.bistro.auth.Login;
import java.util.Optional;

/** Who may change products: {@code admin} with the password of the settings, or anybody if there is none. */
@Factory
final class ShopLogins {
    static final String ADMIN = "admin";

    @Bean
    Authenticator admins(ShopConfig config) {
        return config.adminPassword()
                .map(password -> Authenticator.basic(
                        "Shop",
                        (name, given) -> Optional.of(Login.of(name, ADMIN))
                                .filter(login -> name.equals(ADMIN) && ConstantTime.equal(given, password.reveal()))))
                .orElseGet(() -> Authenticator.of("None", request -> Optional.of(Login.of("anybody", ADMIN))));
    }
}
