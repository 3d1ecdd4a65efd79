package dev.bistro;

import dev.bistro.annotation.Description;
import java.nio.file.Path;
import java.util.Optional;

/** The settings whose keys begin with {@code server.tls.certificates.0.}, and the like for further ones. */
record ServerCertificateSettings(
        @Description("the file with one more certificate, for clients that ask for one of its names")
        Path certificate,

        @Description("the file with its private key") Optional<Path> key) {}
