package dev.bistro.sample.files;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.config.Settings;
import jakarta.inject.Singleton;

/** Makes what is injected, but has no constructor for that. */
@Factory
final class FilesFactory {
    @Bean
    @Singleton
    FilesSettings settings(Settings settings) {
        return FilesSettings.read(settings);
    }

    @Bean
    @Singleton
    Quota quota(FilesSettings settings, Folder folder) {
        return Quota.of(settings.quota(), folder.root());
    }
}
