package dev.bistro.sample.files;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.ConstantTime;
import dev.bistro.auth.Login;
import dev.bistro.config.ByteSize;
import jakarta.inject.Singleton;

/** Makes what is injected, but has no constructor for that. */
@Factory
final class FilesFactory {
    private static final ByteSize UNLIMITED = new ByteSize(Long.MAX_VALUE);

    @Bean
    @Singleton
    Quota quota(FilesSettings settings, Folder folder) {
        return Quota.of(settings.quota().orElse(UNLIMITED), folder.root());
    }

    /** The one user. Without a name and a password in the settings, nobody can log in. */
    @Bean
    Authenticator user(FilesSettings settings) {
        return Authenticator.basic(
                "Files",
                (name, given) -> settings.password()
                        .filter(password -> settings.user().filter(name::equals).isPresent()
                                && ConstantTime.equal(given, password.reveal()))
                        .map(password -> Login.of(name)));
    }
}
