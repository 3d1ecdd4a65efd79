package dev.bistro.sample.files;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
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
}
